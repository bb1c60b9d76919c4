"""What `import stancekit` and `stancekit --help` load, and the handful of public names."""

import inspect
import pydoc
import re
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

import stancekit

ROOT = Path(__file__).parents[1]

HEAVY = {"torch", "transformers", "datasets", "matplotlib", "sklearn", "scipy", "pyarrow", "numpy", "ray"}


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(','.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.strip().splitlines()[-1].split(","))


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not loaded_after("import stancekit") & HEAVY


def test_help_loads_nothing_heavy() -> None:
    code = "import stancekit.cli.main\ntry: stancekit.cli.main.app(['--help'])\nexcept SystemExit: pass"
    assert not loaded_after(code) & HEAVY


def test_labelling_with_a_linear_model_loads_neither_scikit_learn_nor_torch() -> None:
    code = "import stancekit.labelling, stancekit.models.saved, stancekit.models.linear.tfidf, stancekit.models.composite.calibrated"
    assert not loaded_after(code) & {"torch", "transformers", "datasets", "matplotlib", "sklearn"}


def test_every_public_name_is_there() -> None:
    for name in stancekit.__all__:
        assert getattr(stancekit, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = stancekit.nothing


def test_the_page_of_help_is_a_guide_that_names_every_public_name_and_then_explains_it() -> None:
    page = pydoc.render_doc(stancekit, renderer=pydoc.plaintext)
    for name in stancekit.__all__:
        assert re.search(rf"\b{name}\b", stancekit.__doc__ or "") or f"class {name}(" in page, name
        assert re.search(rf"^    (class )?{name}\(", page, re.MULTILINE), name


@pytest.mark.parametrize("name", stancekit.__all__)
def test_a_public_name_is_documented(name: str) -> None:
    found = getattr(stancekit, name)
    text = inspect.getdoc(found) or ""
    assert len(text.split()) > 8, name
    parameters = list(inspect.signature(found.__init__ if inspect.isclass(found) else found).parameters)
    if inspect.isclass(found):
        missing = [p for p in parameters if p not in ("self", "args", "kwargs", "data") and not re.search(rf"\b{p}\b", text)]
    else:
        assert "Raises\n------" in text
        assert inspect.signature(found).return_annotation in (None, "None") or re.search(r"(Returns\n-|Yields\n)-{6}", text)
        part = text.partition("Parameters\n----------")[2].partition("\n------")[0]
        missing = [p for p in parameters if not re.search(rf"(^|[.;,:] ?){p}\b[^:]*:", part, re.MULTILINE)]
    assert not missing, missing


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: stancekit.read_dataset("seeds", "a.jsonl", "codebook.yaml"), r"codebook: is a text; pass load_codebook\(path\)"),
        (lambda: stancekit.load_annotations("a.jsonl", Path("codebook.yaml")), r"codebook: is a path; pass load_codebook\(path\)"),
        (lambda: stancekit.label_paths("seeds", "build/model", "out"), r"model: is a text; pass load_model\(folder\)"),
        (lambda: stancekit.extract_statements("He said no."), r"article: is a text; pass .*Article\(id, text\)"),
        (lambda: stancekit.next_to_label([], "a.jsonl", "codebook.yaml"), r"labelled: is a text; pass load_annotations\(path, codebook\)"),
        (lambda: stancekit.cross_validate("seeds", "tfidf"), r"dataset: is a text; pass read_dataset"),
    ],
)
def test_a_path_in_the_place_of_what_it_holds_is_refused_with_what_reads_it(call: Callable[[], object], message: str) -> None:
    with pytest.raises(stancekit.InputError, match=message):
        call()


def test_the_script_of_the_guide_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "annotations").mkdir()
    for name, place in {
        "articles": "seeds",
        "new_articles": "examples/new_coverage",
        "annotations/labels.jsonl": "annotations/ofsted.jsonl",
        "annotations/codebook.yaml": "annotations/codebook.yaml",
        "annotations/actors.yaml": "annotations/actors.yaml",
    }.items():
        (tmp_path / name).symlink_to(ROOT / place)
    monkeypatch.chdir(tmp_path)
    script = (stancekit.__doc__ or "").partition("A complete script:")[2].partition("\nPaths may")[0]
    exec(textwrap.dedent(script), {})
    assert (tmp_path / "build" / "labels" / "labels.csv").is_file()


@pytest.mark.parametrize("command", [["-m", "stancekit"], ["-m", "stancekit.cli"]])
def test_the_version_is_printed(command: list[str]) -> None:
    done = subprocess.run([sys.executable, *command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"stancekit {version('stancekit')}\n"


def test_addresses_agree() -> None:
    """A package page shows the README's images only from absolute addresses; all addresses are of one repository."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    home = project["urls"]["Homepage"]
    images = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    raw = home.replace("https://github.com/", "https://raw.githubusercontent.com/") + "/main/"
    assert images
    assert all(image.startswith(raw) and (ROOT / image.removeprefix(raw)).is_file() for image in images)
    assert all(url.startswith(home) for url in project["urls"].values())
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["repository-code"] == home
    assert citation["version"] == project["version"]
