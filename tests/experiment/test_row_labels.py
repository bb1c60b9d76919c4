"""What counts of a label as it is written, and labels that were declared and are not there."""

from pathlib import Path
from typing import Any

import pytest
from labelled import config, write

from stancekit.errors import InputError
from stancekit.experiment import load_experiment
from stancekit.experiment.tables.labels import label_values, spelling

CONFIG = "name: m\ndata: {train: train.jsonl, labels: LABELS}\ndefault: m\nrecipes: {m: {model: majority}}\n"
COUNTED = '{against: "-1", none: "0", favor: "1"}'


def made(folder: Path, values: list[Any], labels: str = COUNTED) -> Path:
    write(folder / "train.jsonl", [{"text": f"text {i}", "label": value} for i, value in enumerate(values)])
    return config(folder, CONFIG.replace("LABELS", labels))


@pytest.mark.parametrize(
    "same",
    [
        ("FAVOR", " Favor ", "favor."),
        ("pro-life", "pro life", "Pro_Life"),
        ("1", "1.0", "1.00"),
        ("-1", "\u22121", "\u20131", "- 1", "-1.0"),
    ],
)
def test_what_does_not_count(same: tuple[str, ...]) -> None:
    assert len({spelling(value) for value in same}) == 1


@pytest.mark.parametrize("different", [("-1", "1", "+1", "0"), ("+", "-", "++", "?"), ("-pro", "pro"), ("1.5", "15", "-1.5")])
def test_what_counts(different: tuple[str, ...]) -> None:
    assert len({spelling(value) for value in different}) == len(different)


def test_labels_below_and_above_nought_are_three(tmp_path: Path) -> None:
    values = [-1, 0, 1, "-1", "1"] * 3
    loaded = load_experiment(made(tmp_path, values))
    assert loaded.dataset.labels("stance")[:5] == ["against", "none", "favor", "against", "favor"]
    assert label_values({"against": "-", "favor": "+"}, "") == {"-": "against", "+": "favor"}


def test_what_is_dropped_is_what_was_named(tmp_path: Path) -> None:
    path = made(tmp_path, [-1, 0, 1] * 4, '{against: "0", favor: "1"}, drop: ["-1"]')
    loaded = load_experiment(path)
    assert loaded.dataset.labels("stance") == ["against", "favor"] * 4
    assert loaded.notes[0].startswith("4 of 12 rows of 'train' are left out")


def test_a_declared_label_that_no_row_has_is_said(tmp_path: Path) -> None:
    loaded = load_experiment(made(tmp_path, [-1, 1] * 4))
    assert "no training row has 'none' of task 'stance', which can't be learnt" in loaded.notes
    assert not load_experiment(made(tmp_path, [-1, 0, 1] * 4)).notes


def test_one_label_alone_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path, [-1, 0] * 4, '{against: "-1", none: "0", favor: "1"}, drop: ["0"]')
    with pytest.raises(
        InputError, match=r"config\.yaml:2: the training rows have but one label in 'label', 'against'; none has 'none', 'favor'"
    ):
        load_experiment(path)


def test_whole_numbers_of_a_column_with_gaps_are_read_as_their_digits(tmp_path: Path) -> None:
    path = made(tmp_path, [-1.0, 0.0, 1.0, None], f"{COUNTED}, drop: [null]")
    assert load_experiment(path).dataset.labels("stance") == ["against", "none", "favor"]
    (tmp_path / "train.csv").write_text("text,label\na,-1.0\nb,0.0\nc,1.0\nd,\n")
    config(tmp_path, path.read_text().replace("jsonl", "csv"))
    assert load_experiment(path).dataset.labels("stance") == ["against", "none", "favor"]


@pytest.mark.parametrize(("value", "shown"), [(True, "True"), (0.5, r"0\.5"), (["a"], r"\['a'\]")])
def test_a_label_of_another_kind_is_refused_with_what_to_do(tmp_path: Path, value: Any, shown: str) -> None:
    message = (
        rf"train\.jsonl:3: 'label' is {shown}, not text; labels are text or whole numbers; write them as text, and say under `labels:`"
    )
    with pytest.raises(InputError, match=message):
        load_experiment(made(tmp_path, [0, 1, value]))


def test_a_column_of_another_kind_is_refused_with_what_to_do(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    path = made(tmp_path, [0, 1])
    pq.write_table(pa.table({"text": ["a", "b"], "label": [True, False]}), tmp_path / "train.parquet")
    config(tmp_path, path.read_text().replace("jsonl", "parquet"))
    with pytest.raises(InputError, match=r"column 'label' is bool, not text; labels are text or whole numbers"):
        load_experiment(path)
