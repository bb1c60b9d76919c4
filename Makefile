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
# Threads that wait without spinning: on a busy machine training is several times faster, and the results are the same.
export OMP_WAIT_POLICY := PASSIVE

.PHONY: help env demo report test test-all test-extras lint bench bench-statements bench-coverage bench-rules bench-confidence bench-suggest bench-review bench-page bench-peers bench-transfer bench-behaviour bench-votes bench-agreement bench-run bench-summarise same lock clean

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
	@set -o pipefail; $(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --no-build-isolation -c requirements.lock -e '.[transformers,contrastive,lexicon,plots,review,html,office,repair,spacy,dev]' \
	  | grep --line-buffered -E '^(Collecting|Installing|Successfully)' | cut -c1-100 | sed -u 's/^/[env] /'
	@touch $(STAMP)
	@echo "[env] ready"

demo: $(STAMP)  ## the main job on the seeds: report, models, labels and who stands where under build/demo
	@echo "[demo] comparing models on the seeds; the slow recipes run purged only, the transformer one seed (make report runs all)"
	@mkdir -p build && $(BIN)/stancekit run experiments/ofsted_demo.yaml --out build/demo > build/demo.txt || { cat build/demo.txt; exit 1; }
	@echo "[demo] labelling the invented articles in examples/new_coverage"
	@$(BIN)/stancekit label examples/new_coverage --model build/demo/models/default --out build/demo/labels --overwrite >> build/demo.txt
	@echo "[demo] counting the labels: who stands where"
	@$(BIN)/stancekit summarise build/demo/labels --out build/demo/summary --overwrite --events examples/new_coverage/events.yaml \
	  --title "Who stands where on the Ofsted reforms" --note "Invented coverage: these articles, their dates and quotations were made up for the demo." >> build/demo.txt
	@echo && cat build/demo.txt

report: $(STAMP)  ## the full comparison, into reports/ofsted (about half an hour)
	@$(BIN)/stancekit run experiments/ofsted.yaml --out build/ofsted
	@rm -rf reports/ofsted && mkdir -p reports/ofsted
	@cp -r build/ofsted/run.json build/ofsted/metrics.json build/ofsted/predictions build/ofsted/report reports/ofsted/
	@echo "report       reports/ofsted/report/index.html"

test: $(STAMP)  ## the tests, in under six minutes
	@echo "[test] running the tests on two processors"
	@$(BIN)/python -m pytest -n 2 --dist worksteal

test-all: $(STAMP)  ## the slow tests too: the committed report made again
	@$(BIN)/python -m pytest -m "slow or not slow"

EXTRAS := build/extras
test-extras: $(EXTRAS)/.installed  ## what needs ray and daft: kills of cluster runs, a lost node, Labeller in each engine; own environment
	@$(EXTRAS)/bin/python -m pytest -m "slow or not slow" tests/labelling/test_ray.py tests/labelling/test_labeller.py tests/labelling/test_executors.py
	@$(EXTRAS)/bin/python -m pytest -m "slow or not slow" tests/labelling/test_faults.py -k "killed or interruption"

# daft is not locked: it asks for tqdm below 4.68, datasets' own is newer here; it works with that, so it comes without its dependencies.
$(EXTRAS)/.installed: pyproject.toml requirements.lock
	@$(PYTHON) -m venv --clear $(EXTRAS)
	@$(EXTRAS)/bin/python -m pip install --disable-pip-version-check --quiet -c requirements.lock hatchling editables
	@$(EXTRAS)/bin/python -m pip install --disable-pip-version-check --quiet --no-build-isolation -c requirements.lock -e '.[transformers,pandas,office,repair,html,spacy,ray,dev]'
	@$(EXTRAS)/bin/python -m pip install --disable-pip-version-check --quiet --no-deps daft==0.7.26
	@touch $@

lint: $(STAMP)  ## ruff, mypy and the import layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python .ci/import_pairs.py

bench: $(STAMP)  ## time scoring and encoding against what one would use instead
	@$(BIN)/python benchmarks/bench_models.py

DATA ?= ../shared/data
bench-statements: $(STAMP)  ## units, quotes, speakers and speed beside other libraries; DATA=folder of the open data sets, GOLD=of the gold
	@$(BIN)/python benchmarks/bench_statements.py --data $(DATA)/ud_ewt_segmentation --gold $(or $(GOLD),$(DATA)/../gold)

bench-coverage: $(STAMP)  ## languages, wrapped lines and capitals on real text; DATA as above
	@$(BIN)/python benchmarks/bench_coverage.py --data $(DATA) --cases $(DATA)/../cases

bench-rules: $(STAMP)  ## what attribution reaches on real, seed and invented text, and what each rule is worth; DATA as above, beside cases and gold
	@$(BIN)/python benchmarks/bench_rules.py --data $(DATA)

bench-confidence: $(STAMP)  ## how often attributions are right, by confidence: figure and numbers; DATA as above
	@$(BIN)/python benchmarks/bench_confidence.py --data $(DATA)

bench-page: $(STAMP)  ## time the annotation page, key by key, in headless Chromium
	@$(BIN)/python benchmarks/bench_page.py

bench-suggest: $(STAMP)  ## labels needed with suggestions and at random; DATA as above
	@$(BIN)/python benchmarks/bench_suggest.py --data $(DATA)/csta_coal_debate

bench-review: $(STAMP)  ## planted label errors found by the review queue; DATA as above
	@$(BIN)/python benchmarks/bench_review.py --data $(DATA)/csta_coal_debate

bench-votes: $(STAMP)  ## predicted stances of speakers against how they voted; DATA as above
	@$(BIN)/python benchmarks/bench_votes.py --data $(DATA)/csta_coal_debate

same: $(STAMP)  ## compare statements, predictions and models with those of another commit, byte for byte; BASE=commit
	@$(BIN)/python benchmarks/same_results.py $(BASE)

bench-agreement: $(STAMP)  ## time agreement of five annotators over 2 000, 8 000 and 20 000 statements
	@$(BIN)/python benchmarks/bench_agreement.py

bench-run: $(STAMP)  ## speed and memory of label, by executor and workers; N="10000 300000" statements
	@$(BIN)/python benchmarks/bench_run.py $(if $(N),--statements $(N))

bench-summarise: $(STAMP)  ## time tables and page of 100 000 labelled statements; N=other number
	@$(BIN)/python benchmarks/bench_summarise.py $(if $(N),--statements $(N))

bench-behaviour: $(STAMP)  ## the default recipe on invented statements and minimal pairs
	@$(BIN)/python benchmarks/bench_behaviour.py

bench-peers: $(STAMP)  ## the default recipe beside SetFit and a plain Trainer, same folds; RESUME=--resume goes on where it stopped
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet -c requirements.lock setfit accelerate
	@$(BIN)/python benchmarks/bench_peers.py $(RESUME)

bench-transfer: $(STAMP)  ## what each public set adds as a source of transfer; DATA as above, ROWS=3000 for so many of each
	@$(BIN)/python benchmarks/bench_transfer.py --data $(DATA) $(if $(ROWS),--rows $(ROWS))

lock:  ## choose versions again: make lock UPGRADE=--upgrade
	@$(PYTHON) -m venv build/lock && build/lock/bin/pip install --quiet uv
	@build/lock/bin/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --all-extras $(UPGRADE) pyproject.toml -o requirements.lock

clean:  ## remove what was made; the environment stays
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
