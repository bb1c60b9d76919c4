"""Columns in, columns out, in every engine; those that are not installed are skipped and run by `make test-extras`."""

import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from odd_jobs import save_other, save_small, write_rows

from stancekit import InputError, Labeller, Labels, label_paths, load_model

TEXTS = [f"The plan number {i} is far too hasty, a union said." for i in range(7)]
ROWS: dict[str, list[Any]] = {"id": [str(i) for i in range(7)], "text": TEXTS, "weight": [0.5 * i for i in range(7)]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(str(save_small(tmp_path_factory.mktemp("model") / "model").folder))


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What `label` writes of the same rows, with the kept column."""
    place = tmp_path_factory.mktemp("expected")
    label_paths([write_rows(place / "a.jsonl", 7)], load_model(folder), place / "out", unit="statement")
    rows = [row | {"joined": json.dumps(row["joined"])} for row in Labels(place / "out")]
    return {**{name: [row[name] for row in rows] for name in rows[0]}, "weight": ROWS["weight"]}


def test_every_sort_of_batch_gives_what_label_writes(folder: Path, expected: dict[str, list[Any]]) -> None:
    import numpy as np
    import pandas as pd

    labeller = Labeller(folder, keep=["weight"])
    table = pa.table(ROWS)
    assert labeller(ROWS) == expected
    assert labeller({name: np.array(values) for name, values in ROWS.items()}) == expected
    assert labeller(table).to_pydict() == expected
    assert labeller(table).schema == pa.schema([*labeller.schema, ("weight", pa.float64())])
    batch = labeller(table.to_batches()[0])
    assert isinstance(batch, pa.RecordBatch)
    assert batch.to_pydict() == expected
    frame = labeller(pd.DataFrame(ROWS, index=range(10, 17)))
    assert [*frame] == [*expected]
    assert frame[["id", "stance", "stance_probability", "weight"]].to_dict("list") == {
        n: expected[n] for n in frame[["id", "stance", "stance_probability", "weight"]]
    }
    assert pickle.loads(pickle.dumps(labeller))(ROWS) == expected


def test_articles_give_a_row_a_sentence_and_nothing_is_lost(folder: Path) -> None:
    article = "The union said the plan must wait. “It is far too hasty,” it added. The minister was away."
    batch = {"id": ["a", "b", "c"], "body": [article, " ", article], "page": [1, 2, 3]}
    found = Labeller(folder, text="body", keep=["page"], unit="article")(batch)
    assert found["page"] == [1, 1, 1, 2, 3, 3, 3]
    assert found["article_id"] == [*"aaabccc"]
    assert [label is None for label in found["stance"]] == [False] * 3 + [True] + [False] * 3


def test_rows_stay_in_line_with_those_that_cannot_be_labelled(folder: Path) -> None:
    import pandas as pd

    found = Labeller(folder)({"text": [TEXTS[0], None, "", float("nan"), "a\0b", "a\ud800", TEXTS[0]]})
    assert [label is None for label in found["stance"]] == [False, True, True, True, True, True, False]
    assert found["id"][0] == found["id"][6]
    assert Labeller(folder)({"text": []})["text"] == []
    frame = pd.DataFrame({"text": pd.array([TEXTS[0], pd.NA], dtype="string")})
    assert list(Labeller(folder)(frame)["id"].isna()) == [False, True]
    empty = pa.RecordBatch.from_pydict({"text": pa.array([], pa.string()), "weight": pa.array([], pa.int64())})
    assert (none := Labeller(folder, keep="weight")(empty)).num_rows == 0
    assert none.schema.field("weight").type == pa.int64()


def test_what_is_wrong_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the batch: has no column 'body' \(allowed: id, text, weight\)"):
        Labeller(folder, text="body")(ROWS)
    with pytest.raises(InputError, match="row 2 of the batch: 'text' is 5, not text"):
        Labeller(folder)({"text": ["a", 5]})
    with pytest.raises(InputError, match="keep: 'text' is a column of the labels already"):
        Labeller(folder, keep=["text"])
    with pytest.raises(InputError, match="unit: unknown 'page'"):
        Labeller(folder, unit="page")  # type: ignore[arg-type]
    save_small(tmp_path / "model")
    sent = pickle.dumps(Labeller(tmp_path / "model"))
    save_other(tmp_path / "model")
    with pytest.raises(InputError, match="the model has changed while it was at work"):
        pickle.loads(sent)(ROWS)


def test_it_works_in_datasets(folder: Path, expected: dict[str, list[Any]], tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    data = datasets.Dataset.from_dict(ROWS)
    labeller = Labeller(folder, keep=["weight"])
    for given in (data, data.with_format("arrow")):
        found = given.map(labeller, batched=True, batch_size=3, remove_columns=data.column_names).with_format(None)
        assert found.to_dict() == {name: expected[name] for name in found.column_names}
        assert {*found.column_names} == {*expected}


def test_it_works_as_spark_calls_it(folder: Path, expected: dict[str, list[Any]]) -> None:
    """`mapInPandas` hands an iterator of frames to a function that was pickled, and wants one back."""
    import pandas as pd

    def sent(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        return map(pickle.loads(pickle.dumps(Labeller(folder, keep=["weight"]))), frames)

    frame = pd.DataFrame(ROWS)
    found = pd.concat(sent(iter([frame[:3], frame[3:]])))
    assert found[["id", "weight"]].to_dict("list") == {"id": expected["id"], "weight": expected["weight"]}
    assert found["stance"].tolist() == expected["stance"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:ray")
@pytest.mark.filterwarnings("ignore::FutureWarning:ray")
def test_it_works_in_ray_data(folder: Path, expected: dict[str, list[Any]]) -> None:
    ray = pytest.importorskip("ray", reason="ray is not installed: make test-extras")
    ray.init("local", num_cpus=2, include_dashboard=False, object_store_memory=2**28, log_to_driver=False)
    try:
        data = ray.data.from_arrow(pa.table(ROWS))
        for form in ("pyarrow", "pandas", "numpy"):
            found = data.map_batches(Labeller(folder, keep=["weight"]), batch_format=form, batch_size=3).to_pandas().sort_values("id")
            assert found[["id", "stance", "weight"]].to_dict("list") == {n: expected[n] for n in ("id", "stance", "weight")}
    finally:
        ray.shutdown()


def test_it_works_in_daft(folder: Path, expected: dict[str, list[Any]]) -> None:
    daft = pytest.importorskip("daft", reason="daft is not installed: make test-extras")
    labeller = Labeller(folder)

    @daft.func.batch(return_dtype=daft.DataType.from_arrow_type(pa.struct(labeller.schema)))
    def label(identity: Any, text: Any) -> Any:
        table = labeller(pa.table({"id": identity.to_arrow(), "text": text.to_arrow()}))
        return table.to_struct_array().combine_chunks()

    data = daft.from_pydict(ROWS).select(label(daft.col("id"), daft.col("text")).alias("labels"), daft.col("weight"))
    found = data.to_arrow().sort_by("weight")
    labels = found["labels"].combine_chunks().flatten()
    assert labels[labeller.schema.get_field_index("stance")].to_pylist() == expected["stance"]
    assert labels[labeller.schema.get_field_index("id")].to_pylist() == expected["id"]
