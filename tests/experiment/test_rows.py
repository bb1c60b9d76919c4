"""Labelled rows as data: every form reads to the same rows, every mistake is said with its file and line."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from labelled import PLAIN, config, rows, write

from stancekit.data.inputs import ROW_TARGETS
from stancekit.errors import InputError
from stancekit.experiment import Experiment, load_experiment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "train.jsonl", rows(40, 1))
    write(tmp_path / "test.jsonl", rows(20, 2))
    return tmp_path


def seen(experiment: Experiment) -> list[tuple[Any, ...]]:
    return [(e.id, e.input, dict(e.labels), e.article_id) for e in experiment.dataset.examples]


def test_rows_become_a_data_set_with_an_official_split(folder: Path) -> None:
    loaded = load_experiment(config(folder, PLAIN))
    data = loaded.dataset
    assert len(data.examples) == 60
    assert data.tests == {"test": tuple(range(40, 60))}
    assert data.training == tuple(range(40))
    assert loaded.config.schemes == ["official"]
    assert loaded.codebook.labels("stance") == ("favor", "against", "none")
    assert loaded.codebook.target == ROW_TARGETS
    assert data.labels("stance") == [row["label"].lower() for row in rows(40, 1) + rows(20, 2)]
    assert [e.input.target for e in data.examples[:2]] == ["Invented Bridge", "Invented Tax"]
    assert "\t" in data.examples[0].input.text
    assert set(data.digests) == {"train.jsonl", "test.jsonl"}
    assert any("rows of test set 'test' repeat a training row" in note for note in loaded.notes)


def test_every_form_gives_the_same_rows(folder: Path) -> None:
    expected = seen(load_experiment(config(folder, PLAIN)))
    made = rows(40, 1)
    with (folder / "train.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]))
        writer.writeheader()
        writer.writerows(made)
    with (folder / "train.tsv").open("w", newline="") as file:
        tabbed = csv.DictWriter(file, list(made[0]), delimiter="\t")
        tabbed.writeheader()
        tabbed.writerows(made)
    pq.write_table(pa.Table.from_pylist(made), folder / "train.parquet")
    (folder / "zipped.jsonl.gz").write_bytes(gzip.compress((folder / "train.jsonl").read_bytes()))
    (folder / "parts").mkdir()
    write(folder / "parts" / "a.jsonl", made[:25])
    write(folder / "parts" / "b.jsonl", made[25:])
    for name in ("train.csv", "train.tsv", "train.parquet", "zipped.jsonl.gz", "parts", "parts/*.jsonl"):
        assert seen(load_experiment(config(folder, PLAIN.replace("train.jsonl", name)))) == expected, name


def test_the_folder_of_the_data_may_be_given(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = config(tmp_path_factory.mktemp("elsewhere"), PLAIN)
    assert len(load_experiment(path, folder).dataset.examples) == 60
    with pytest.raises(InputError, match=r"config\.yaml:3: .*train\.jsonl: no such file; .* --data DIR"):
        load_experiment(path)


def test_columns_of_other_names_numbers_and_composed_ids(folder: Path) -> None:
    made = [{"number": i, "about": "x", "said": f"text {i}", "code": i % 2, "speech": i // 4, "before": None} for i in range(12)]
    write(folder / "numbers.jsonl", made)
    text = """\
name: mine
data:
  train: numbers.jsonl
  columns: {id: [about, number], text: said, target: about, label: code, group: speech, context: before}
  labels: {oppose: "0", support: ["1", "yes"]}
default: majority
recipes: {majority: {model: majority}}
"""
    loaded = load_experiment(config(folder, text))
    assert loaded.dataset.ids[:2] == ["x|0", "x|1"]
    assert loaded.dataset.article_ids == [str(i // 4) for i in range(12)]
    assert loaded.dataset.labels("stance")[:2] == ["oppose", "support"]
    assert loaded.config.schemes == ["groups"]
    assert loaded.codebook.target == "x"
    numbered = load_experiment(config(folder, text.replace("[about, number]", "null")))
    assert numbered.dataset.ids[:2] == ["train-1", "train-2"]


def test_several_tasks_from_several_columns(folder: Path) -> None:
    write(folder / "two.jsonl", [{"text": f"t {i}", "a": "xy"[i % 2], "b": "pqr"[i % 3]} for i in range(12)])
    text = "name: m\ndata: {train: two.jsonl, columns: {label: {stance: a, issue: b}}}\ndefault: m\nrecipes: {m: {model: majority}}\n"
    loaded = load_experiment(config(folder, text))
    assert {task: loaded.codebook.labels(task) for task in loaded.codebook.tasks} == {"stance": ("x", "y"), "issue": ("p", "q", "r")}
    assert loaded.config.schemes == ["kfold"]
    assert loaded.dataset.ids[0] == "train-1"


def test_a_codebook_gives_definitions(folder: Path) -> None:
    (folder / "book.yaml").write_text(
        """\
name: b
version: 1.0.0
target: the bridge
tasks:
  stance:
    question: "For it?"
    labels: {against: {definition: no}, favor: {definition: for it}, none: {definition: neither}}
""".replace("definition: no}", 'definition: "not"}')
    )
    text = PLAIN.replace("  labels: [favor, against, none]\n", "  codebook: book.yaml\n")
    loaded = load_experiment(config(folder, text))
    assert loaded.codebook.labels("stance") == ("against", "favor", "none")
    assert loaded.dataset.examples[0].input.target == "Invented Bridge"
    with pytest.raises(InputError, match=r"config\.yaml:\d+: 'stnce' is no single-label task .*did you mean 'stance'"):
        load_experiment(config(folder, text.replace("  codebook:", "  task: stnce\n  codebook:")))


def test_dev_rows_train_where_asked_and_are_left_alone_else(folder: Path) -> None:
    write(folder / "dev.jsonl", rows(10, 3))
    text = PLAIN.replace("  test:", "  dev: dev.jsonl\n  test:")
    alone = load_experiment(config(folder, text))
    assert len(alone.dataset.training) == 40
    assert "the 10 rows of 'dev' are left alone" in alone.notes
    joined = load_experiment(config(folder, text.replace("  test:", "  use_dev: train\n  test:")))
    assert len(joined.dataset.training) == 50


def test_ids_that_two_files_share_are_told_apart(folder: Path) -> None:
    write(folder / "test.jsonl", rows(20, 1))
    ids = load_experiment(config(folder, PLAIN)).dataset.ids
    assert len(set(ids)) == 60
    assert (ids[0], ids[40]) == ("train:1-0", "test:1-0")


def test_rows_without_label_are_dropped_where_said_and_counted(folder: Path) -> None:
    made = rows(40, 1)
    write(folder / "train.jsonl", [*made, {**made[0], "id": "x", "label": None}, {**made[0], "id": "y", "label": "UNSURE"}])
    loaded = load_experiment(config(folder, PLAIN.replace("  labels:", "  drop: [null, unsure]\n  labels:")))
    assert len(loaded.dataset.training) == 40
    assert loaded.notes[0].startswith("2 of 42 rows of 'train' are left out")
    with pytest.raises(InputError, match=r"train\.jsonl:41: 'label' is missing or empty; .*drop: \[null\]"):
        load_experiment(config(folder, PLAIN))
    with pytest.raises(InputError, match=r"train\.jsonl:42: label 'UNSURE' is not in task 'stance' \(allowed: favor, against, none\)"):
        load_experiment(config(folder, PLAIN.replace("  labels:", "  drop: [null]\n  labels:")))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  train:", "  trian:", r"config\.yaml:3: unknown key 'data\.trian' - did you mean 'train'"),
        ("metric:", "metrics:", r"unknown key 'metrics' - did you mean 'metric'"),
        ("  labels:", "  columns: {txet: body}\n  labels:", r"config\.yaml:5: unknown key 'data\.columns\.txet' - did you mean 'text'"),
        (
            "  labels:",
            "  columns: {text: txt}\n  labels:",
            r"train\.jsonl: has no column 'txt' - did you mean 'text'.*`columns: \{text: NAME\}`",
        ),
        ("test: test.jsonl", "test: {dev: test.jsonl}", r"a test set may not be called"),
        (
            "[favor, against]",
            "[favor, agianst]",
            r"config\.yaml:6: no task has all of the labels favor, agianst \(allowed: favor, against, none\)",
        ),
        ("[favor, against, none]", "[favor, against, Favor]", r"the label 'Favor' is given twice"),
        ("[favor, against, none]", '[favor, against, "2"]', r"'2' is no name for a label; say what stands for what"),
        ("[favor, against, none]", "[favor, against, neither]", r"train\.jsonl:\d+: label '(?i:none)' is not in task"),
        ("default:", "schemes: [kfold]\ndefault:", r"config\.yaml:7: the scheme 'kfold' does not suit these data \(allowed: official\)"),
        ("default:", "soft_labels: true\ndefault:", r"have no shares"),
        ("default:", "published: [{method: a, figure: 70, split: rw, source: b}]\ndefault:", r"no test set is called 'rw'.*allowed: test"),
        ("  labels:", "  encoding: utf-99\n  labels:", r"config\.yaml:5: .*'utf-99' is no text encoding"),
        ("  labels:", "  use_dev: train\n  labels:", r"`use_dev` needs `dev`"),
        ("  labels:", "  hub: owner/name@main\n  labels:", r"40 digits of a commit"),
        ("  labels:", "  task: holder\n  labels:", r"config\.yaml:5: two columns .*'holder'"),
    ],
)
def test_mistakes_name_file_line_and_what_is_allowed(folder: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load_experiment(config(folder, PLAIN.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"id": "1-0"}, r"train\.jsonl:41: the id '1-0' has occurred before, at .*train\.jsonl:1; make one of several columns"),
        ({"id": "z", "text": " "}, r"train\.jsonl:41: 'text' is missing or empty"),
        ({"id": None}, r"train\.jsonl:41: 'id' is missing or empty; .*`id: null`"),
        ({"id": "z", "target": 3}, r"train\.jsonl:41: 'target' is 3, not text"),
        ({"id": "z", "label": 0.5}, r"train\.jsonl:41: 'label' is 0\.5, not text"),
    ],
)
def test_a_bad_row_is_named(folder: Path, line: dict[str, Any], message: str) -> None:
    made = rows(40, 1)
    write(folder / "train.jsonl", [*made, {**made[1], **line}])
    with pytest.raises(InputError, match=message):
        load_experiment(config(folder, PLAIN.replace("  labels:", "  columns: {id: id}\n  labels:")))


def test_a_line_that_is_no_json_is_named(folder: Path) -> None:
    with (folder / "train.jsonl").open("a") as file:
        file.write("{\n")
    with pytest.raises(InputError, match=r"^\S*train\.jsonl:41: not a JSON object"):
        load_experiment(config(folder, PLAIN))


def test_a_set_of_the_hub_is_read_at_its_revision(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datasets = pytest.importorskip("datasets")
    asked: list[Any] = []
    names = datasets.ClassLabel(names=["favor", "against"])

    def load(name: str, subset: str | None, *, split: str, revision: str) -> Any:
        asked.append((name, subset, split, revision))
        columns = {"text": [f"{split} {i}" for i in range(6)], "label": [0, 1, 0, 1, 0, -1 if split == "train" else 1]}
        return datasets.Dataset.from_dict(columns, features=datasets.Features({"text": datasets.Value("string"), "label": names}))

    monkeypatch.setattr(datasets, "load_dataset", load)
    revision = "0123456789abcdef" * 2 + "01234567"
    data = f"{{hub: owner/name@{revision}, train: train, test: validation, drop: [null]}}"
    text = f"name: m\ndata: {data}\ndefault: m\nrecipes: {{m: {{model: majority}}}}\n"
    loaded = load_experiment(config(folder, text))
    assert asked == [("owner/name", None, "train", revision), ("owner/name", None, "validation", revision)]
    assert loaded.dataset.labels("stance")[:2] == ["favor", "against"]
    assert (len(loaded.dataset.training), len(loaded.dataset.tests["test"])) == (5, 6)
    with pytest.raises(InputError, match=rf"owner/name@{revision} train:6: 'label' is missing or empty"):
        load_experiment(config(folder, text.replace(", drop: [null]", "")))


def test_the_config_is_read_back_as_json(folder: Path) -> None:
    dumped = load_experiment(config(folder, PLAIN)).config.model_dump()
    assert json.loads(json.dumps(dumped))["metric"] == {"f1_mean": ["favor", "against"]}
