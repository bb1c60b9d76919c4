"""The command line as a user meets it: messages, exit codes, and never a traceback."""

import json
import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WITHOUT_EXTRAS = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name in ("transformers", "matplotlib"):
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)

sys.meta_path.insert(0, Blocked())
"""


def stancekit(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stancekit.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=240)


def test_statements_writes_a_line_a_unit(tmp_path: Path) -> None:
    done = stancekit("statements", "seeds", "-o", tmp_path / "s.jsonl")
    assert (done.returncode, done.stdout) == (0, "")
    rows = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text().splitlines()]
    assert sum(row["kind"] == "sentence" for row in rows) == 130
    assert "5 articles, 145 statements, 0 rejected" in done.stderr


def test_run_report_label_and_train_end_with_paths(quick_run: Path, tmp_path: Path) -> None:
    done = stancekit("label", "examples/new_coverage", "--model", quick_run / "models" / "default", "--out", tmp_path / "labels")
    assert done.returncode == 0
    assert "labelled + 0 rejected" in done.stdout
    assert str(tmp_path / "labels" / "labels.csv") in done.stdout
    assert stancekit("report", quick_run).returncode == 0
    trained = stancekit("train", "experiments/ofsted_quick.yaml", "--recipe", "majority", "--out", tmp_path / "model")
    assert (trained.returncode, (tmp_path / "model" / "manifest.json").is_file()) == (0, True)


def test_checks_say_what_is_sound() -> None:
    assert "ofsted-reforms 1.1.0 is sound" in stancekit("codebook", "check", "annotations/codebook.yaml").stdout
    assert "oppose: Criticises" in stancekit("codebook", "show", "annotations/codebook.yaml").stdout
    assert "130 annotations by 'adjudicated', no errors" in stancekit("annotations", "check", "annotations/ofsted.jsonl").stdout


@pytest.fixture
def broken(tmp_path: Path, quick_run: Path) -> Path:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "random.txt").write_bytes(bytes((i * 37) % 256 for i in range(2000)))
    (tmp_path / "latin.txt").write_bytes("D\u00e9j\u00e0 vu.".encode("latin-1"))
    book = (ROOT / "annotations" / "codebook.yaml").read_text()
    (tmp_path / "boolean.yaml").write_text(book.replace("      support:\n", "      no:\n"))
    (tmp_path / "twice.yaml").write_text(book.replace("      support:\n", "      oppose:\n"))
    config = (ROOT / "tests" / "quick.yaml").read_text().replace("../", f"{ROOT}/")
    (tmp_path / "type.yaml").write_text(config.replace("model: actor", "model: acter"))
    shutil.copytree(quick_run / "models" / "default", tmp_path / "model")
    file = tmp_path / "model" / "task0" / "head.safetensors"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))
    (tmp_path / "occupied").mkdir()
    (tmp_path / "occupied" / "thesis.doc").write_text("precious")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ("statements {}/none.txt", 3, "none.txt: no such file or folder"),
        ("statements {}/empty.txt", 3, "empty.txt: is empty"),
        ("statements {}/random.txt", 3, "is not UTF-8"),
        ("statements {}/latin.txt", 3, "latin.txt:1: byte 0xe9 at offset 1 is not UTF-8; save the file as UTF-8"),
        ("codebook check {}/boolean.yaml", 3, "`no` is read as a boolean"),
        ("codebook check {}/twice.yaml", 3, "the key 'oppose' occurs twice"),
        ("run {}/type.yaml --out {}/out", 3, "unknown model type 'acter' - did you mean 'actor'?"),
        ("run {}/none.yaml --out {}/out", 3, "no such file"),
        ("label seeds --model {}/model --out {}/out", 3, "head.safetensors: has changed since the model was saved"),
        ("label seeds --model {}/occupied --out {}/out", 3, "is no trained model"),
        ("train experiments/ofsted_quick.yaml --out {}/occupied", 4, "is not empty"),
        ("train experiments/ofsted_quick.yaml --out /proc/stancekit", 4, "cannot be written"),
        ("statements seeds -o /proc/stancekit/s.jsonl", 4, "cannot be written"),
        ("statements {}/latin.txt -o {}/latin.txt", 4, "is the input"),
        ("label seeds --model {}/model", 2, "--out"),
        ("nonsense", 2, "nonsense"),
    ],
)
def test_what_goes_wrong_is_said_in_one_message(broken: Path, arguments: str, code: int, message: str) -> None:
    done = stancekit(*arguments.replace("{}", str(broken)).split())
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert (broken / "occupied" / "thesis.doc").read_text() == "precious"


@pytest.mark.articles
@pytest.mark.parametrize(("kind", "code"), [(signal.SIGINT, 130), (signal.SIGHUP, 143)])
def test_an_interruption_half_way_leaves_no_half_file_and_can_be_run_again(tmp_path: Path, kind: signal.Signals, code: int) -> None:
    config = tmp_path / "config.yaml"  # one task, one scheme and few recipes are enough to be interrupted in
    text = (ROOT / "tests" / "quick.yaml").read_text().replace("../", f"{ROOT}/")
    few = text[: text.index("  tfidf_holder:")].replace("default: tfidf_holder", "default: tfidf")
    config.write_text(few.replace("[purged, unpurged, kfold]", "[purged]").replace("seed: 0", "seed: 0\ntasks: [stance]"))
    command = [sys.executable, "-m", "stancekit.cli", "run", str(config), "--out", str(tmp_path / "out")]
    # Where the tests run in the background of a shell, or under nohup, the signal is ignored, and a child would inherit that.
    heeding = partial(signal.signal, kind, signal.SIG_DFL)
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, preexec_fn=heeding)
    assert process.stderr is not None
    for line in process.stderr:
        if "tfidf · purged" in line:
            break
    process.send_signal(kind)
    rest = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == code
    assert "run the same command again" in rest
    assert "Traceback" not in rest
    assert not [p.name for p in (tmp_path / "out").iterdir() if not p.name.startswith(".stancekit.")]  # what is finished is kept
    again = stancekit("run", config, "--out", tmp_path / "out")
    assert again.returncode == 0
    assert "Macro-F1" in again.stdout


def test_a_missing_extra_is_named_with_what_installs_it(quick_run: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_EXTRAS)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    shutil.copytree(quick_run, tmp_path / "run")
    for arguments, code in (
        (["report", str(tmp_path / "run")], 0),
        (["train", "experiments/ofsted_text_only.yaml", "--out", str(tmp_path / "out")], 5),
    ):
        command = [sys.executable, "-m", "stancekit.cli", *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
        assert done.returncode == code, done.stderr
        assert "pip install 'stancekit[" in done.stderr
    page = (tmp_path / "run" / "report" / "index.html").read_text(encoding="utf-8")
    assert "Without figures: they need matplotlib: pip install" in page
    assert "<img" not in page
    assert list((tmp_path / "run" / "report" / "figures").glob("*.svg")) == []


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m stancekit.cli statements seeds | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C.UTF-8"})
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
