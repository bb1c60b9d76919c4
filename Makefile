# make demo and make test do all the set-up themselves; see README.md for the same without make.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The tests and the demo never wait for a hub: the encoder's weights come with the environment.
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: help env demo report test test-all lint bench lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

env: $(STAMP)  ## build .venv from requirements.lock, nothing else

# The stamp comes last, so that a broken installation is begun again rather than half used.
$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; ok = sys.version_info >= (3, 11); ok or print("stancekit needs Python 3.11 or newer; $(PYTHON) is", sys.version.split()[0], "- try: make PYTHON=python3.12 ..."); sys.exit(not ok)'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv module - on Debian or Ubuntu: apt install python3-venv"; exit 1; }
	@echo "[env] making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)
	@echo "[env] installing the versions in requirements.lock (about 1.8 GB with a CPU build of torch; two to four minutes)"
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar off -c requirements.lock hatchling editables
	@set -o pipefail; $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --no-build-isolation -c requirements.lock -e '.[transformers,plots,dev]' \
	  | grep --line-buffered -E '^(Collecting|Installing|Successfully)' | cut -c1-100 | sed -u 's/^/[env] /'
	@touch $(STAMP)
	@echo "[env] ready"
