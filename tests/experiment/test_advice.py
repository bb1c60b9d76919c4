"""What is said of a config's data names what a config can say, in words that stand in it, and no option of another command."""

from pathlib import Path

import pytest
from labelled import PLAIN, config, rows, write

from stancekit.errors import InputError
from stancekit.experiment import load_experiment

ROOT = Path(__file__).parents[2]
ROWS = "name: m\ndata: {train: train.csv}\ndefault: m\nrecipes: {m: {model: majority}}\n"


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("latin-1", r"train\.csv:3: byte 0xe9 at offset \d+ is not UTF-8; .*name its encoding: `data: {encoding: NAME}` in the config$"),
        ("utf-16", r"looks like UTF-16 and is not UTF-8; .*name its encoding: `data: {encoding: NAME}` in the config \(here: utf-16\)$"),
    ],
)
def test_another_encoding_of_rows(tmp_path: Path, encoding: str, message: str) -> None:
    (tmp_path / "train.csv").write_bytes("text,label\none,a\nD\u00e9j\u00e0 vu,b\ntwo,a\nthree,b\n".encode(encoding))
    with pytest.raises(InputError, match=message):
        load_experiment(config(tmp_path, ROWS))
    named = load_experiment(config(tmp_path, ROWS.replace("train.csv", f"train.csv, encoding: {encoding}")))
    assert named.dataset.examples[1].input.text == "D\u00e9j\u00e0 vu"


def test_another_encoding_and_other_columns_of_articles(tmp_path: Path) -> None:
    shipped = (ROOT / "tests" / "quick.yaml").read_text().replace("../seeds", "coverage.csv").replace("../", f"{ROOT}/")
    (tmp_path / "coverage.csv").write_bytes("id,text\na,D\u00e9j\u00e0 vu.\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"is not UTF-8; .*`data: {encoding: NAME}` in the config"):
        load_experiment(config(tmp_path, shipped))
    (tmp_path / "coverage.csv").write_text("id,body\na,One.\n")
    with pytest.raises(InputError, match=r"say which holds the text: `data: {columns: {text: NAME}}` in the config"):
        load_experiment(config(tmp_path, shipped))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "{f1_mean: [favor, against]}",
            "f1",
            r"config\.yaml:6: metric: should be 'macro_f1', or a mapping with keys of f1_mean \(got 'f1'\)",
        ),
        (
            "[favor, against, none]",
            "{favor: 1, against: 0}",
            r":5: data\.labels\.favor: should be a valid string.* \(got 1\); write it in quotes",
        ),
    ],
)
def test_no_name_of_a_type_reaches_the_user(tmp_path: Path, old: str, new: str, message: str) -> None:
    write(tmp_path / "train.jsonl", rows(10, 1))
    with pytest.raises(InputError, match=message) as caught:
        load_experiment(config(tmp_path, PLAIN.replace(old, new)))
    assert not any(jargon in str(caught.value) for jargon in ("literal[", "dict[", "constrained", "F1Mean", "instance of"))


def test_data_that_are_but_a_file_are_shown_both_forms(tmp_path: Path) -> None:
    text = "name: m\ndata: train.jsonl\ndefault: m\nrecipes: {m: {model: majority}}\n"
    with pytest.raises(
        InputError, match=r"config\.yaml:2: `data` is 'train\.jsonl', not a mapping.*labelled rows, `data: {train: train\.jsonl}`"
    ):
        load_experiment(config(tmp_path, text))
