"""A folder of labels is gone on with: what is finished stays, what is missing, new or damaged is labelled, what does not fit is refused."""

import gzip
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from odd_jobs import content, rejected_in, save_other, save_small, write_articles, write_rows

from stancekit.articles import ReadOptions
from stancekit.errors import InputError, RefusedError
from stancekit.io.files import sha256_of
from stancekit.labelling import Labels, label_paths, status_of
from stancekit.labelling.job import Job
from stancekit.labelling.run import Counts
from stancekit.models.saved import TrainedModel

ROWS: dict[str, Any] = {"unit": "statement", "shard_rows": 5}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> TrainedModel:
    return save_small(tmp_path_factory.mktemp("model") / "model")


@pytest.fixture
def stop_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Ends a run, as if it had been interrupted, after so many shards."""

    def stop(count: int) -> None:
        real, made = Job.__call__, list[str]()

        def call(self: Job, batch: Any) -> Any:
            if len(made) == count:
                monkeypatch.setattr(Job, "__call__", real)
                raise KeyboardInterrupt
            made.append(batch.name)
            return real(self, batch)

        monkeypatch.setattr(Job, "__call__", call)

    return stop


def ids(folder: Path) -> list[str]:
    return [row["id"] for row in Labels(folder)]


def counted_in(folder: Path) -> list[Any]:
    success = json.loads((folder / "_SUCCESS.json").read_text())
    return [success[name] for name in ("words", "languages", "rows_in", "labelled", "rejected")]


def test_what_is_counted_of_all_shards_is_told_at_the_end(model: TrainedModel, tmp_path: Path, stop_after: Callable[[int], None]) -> None:
    folder = write_articles(tmp_path / "in", ["a.txt", "b.txt", "c.txt"])
    (folder / "broken.txt").write_bytes("Caf\u00e9 owners said no.".encode("latin-1"))
    (folder / "notes.txt").write_text("Notes to editors\n\nThe guild has members.")
    (folder / "wrapped.txt").write_text("The union said that it would ask its members\nonce more before the summer.")
    (folder / "zh.txt").write_text("\u4f1a\u8bae\u7ed3\u675f\u4e86\u3002")
    reading, said = ReadOptions(lines="join"), list[str]()
    label_paths([folder], model, tmp_path / "whole", reading=reading, progress=said.append)
    told = [line for line in said if line.startswith(("lines:", "languages:", "doubtful:", "words:"))]
    assert told[:2] == ["lines: joined in 1 article, 1 line break; --lines keep leaves them", "languages: 5 en, 1 zh"]
    assert [line.split(", ")[0] for line in told[2:-1]] == [
        "doubtful: zh: language: zh",
        "doubtful: notes: 100 % of its 7 words are headings",
    ]
    stop_after(2)
    with pytest.raises(KeyboardInterrupt):
        label_paths([folder], model, tmp_path / "out", reading=reading, shard_rows=1)
    said.clear()
    label_paths([folder], model, tmp_path / "out", reading=reading, shard_rows=1, workers=2, progress=said.append)
    assert sorted(said[-len(told) :]) == sorted(told)
    assert counted_in(tmp_path / "out") == counted_in(tmp_path / "whole")


def test_what_is_finished_is_not_done_again(model: TrainedModel, tmp_path: Path, stop_after: Callable[[int], None]) -> None:
    path = write_rows(tmp_path / "a.jsonl", 23)
    label_paths([path], model, tmp_path / "whole", **ROWS)
    stop_after(2)
    with pytest.raises(KeyboardInterrupt):
        label_paths([path], model, tmp_path / "out", **ROWS)
    found = status_of(tmp_path / "out")
    assert (found.shards, found.rows, found.ended) == (2, 10, False)
    with pytest.raises(InputError, match="is not finished: run the same `stancekit label` again"):
        Labels(tmp_path / "out")
    assert label_paths([path], model, tmp_path / "out", **ROWS) == Counts(23, 13, 0, 10)
    assert content(tmp_path / "out") == content(tmp_path / "whole")
    assert label_paths([path], model, tmp_path / "out", **ROWS) == Counts(23, 0, 0, 23)


@pytest.mark.parametrize("damage", ["0-00001.parquet", "0-00001.json", "gone"])
def test_a_damaged_shard_is_found_said_and_made_again(damage: str, model: TrainedModel, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", 23)
    label_paths([path], model, tmp_path / "out", **ROWS)
    before, shard = content(tmp_path / "out"), tmp_path / "out" / "shards" / damage
    if damage == "gone":
        (tmp_path / "out" / "shards" / "0-00001.parquet").unlink()
    else:
        data = bytearray(shard.read_bytes())
        data[len(data) // 2] ^= 1
        shard.write_bytes(data)
    assert [line for line in status_of(tmp_path / "out").damaged if "shards/0-00001" in line]
    with pytest.raises(InputError, match=r"shards/0-00001\.\w+: is (damaged|gone)"):
        list(Labels(tmp_path / "out"))
    said: list[str] = []
    assert label_paths([path], model, tmp_path / "out", **ROWS, progress=said.append) == Counts(23, 5, 0, 18)
    assert [line for line in said if "shards/0-00001" in line and line.endswith("the shard is made again")], said
    assert content(tmp_path / "out") == before


@pytest.mark.parametrize("name", ["run.json", "_SUCCESS.json"])
def test_a_digit_that_has_changed_in_what_is_said_of_a_run_is_found(name: str, model: TrainedModel, tmp_path: Path) -> None:
    path, out = write_rows(tmp_path / "a.jsonl", 23), tmp_path / "out"
    label_paths([path], model, out, **ROWS)
    before = content(out)
    (out / name).write_bytes(before[name].replace(b": 5", b": 4").replace(b": 23", b": 22"))
    with pytest.raises(RefusedError, match=f"{name}.*(is damaged|has been changed).*--overwrite"):
        label_paths([path], model, out, **ROWS)
    if name == "run.json":
        with pytest.raises(InputError, match=r"run\.json: is damaged"):
            status_of(out)
        label_paths([path], model, out, **ROWS, overwrite=True)
    else:
        assert status_of(out).damaged == (f"{out / name}: is damaged; move it away",)
        (out / name).unlink()
        assert label_paths([path], model, out, **ROWS) == Counts(23, 0, 0, 23)
    assert content(out) == before


def test_where_nothing_was_labelled_there_is_nothing_to_read(model: TrainedModel, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", 1, [(0, " ")])
    label_paths([path], model, tmp_path / "out", **ROWS)
    with pytest.raises(InputError, match=r"rejected\.jsonl: says why nothing was labelled"):
        Labels(tmp_path / "out")


def test_a_folder_whose_name_is_not_utf_8_holds_labels_as_any_other(model: TrainedModel, tmp_path: Path) -> None:
    out = Path(os.fsdecode(os.fsencode(tmp_path) + b"/out\xff"))
    label_paths([write_rows(tmp_path / "a.jsonl", 7)], model, out, **ROWS, shard_seconds=float("inf"), executor="process", workers=1)
    assert ids(out) == [str(i) for i in range(7)]
    shutil.rmtree(out / "shards")
    assert status_of(out).missing == ("?", "?")


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "run.json")
    with pytest.raises(InputError, match=r"run\.json: is damaged"):
        status_of(tmp_path)


def test_a_folder_that_has_grown_labels_what_is_new(model: TrainedModel, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", ["b.txt", "d.txt"])
    label_paths([folder], model, tmp_path / "out")
    before = content(tmp_path / "out" / "shards")
    write_articles(folder, ["a.txt", "c.txt", "sub/e.txt"])
    assert label_paths([folder], model, tmp_path / "out") == Counts(10, 6, 0, 4)
    after = content(tmp_path / "out" / "shards")
    assert {name: after[name] for name in before} == before
    assert [identity.partition(":")[0] for identity in ids(tmp_path / "out")[::2]] == ["b", "d", "a", "c", "e"]
    assert label_paths([folder], model, tmp_path / "out") == Counts(10, 0, 0, 10)
    assert len((tmp_path / "out" / "labels.jsonl").read_text().splitlines()) == 10


def test_a_folder_that_grows_while_a_run_is_stopped_is_labelled_whole(
    model: TrainedModel, tmp_path: Path, stop_after: Callable[[int], None]
) -> None:
    (tmp_path / "in").mkdir()
    write_rows(tmp_path / "in" / "b.jsonl", 12)
    stop_after(1)
    with pytest.raises(KeyboardInterrupt):
        label_paths([tmp_path / "in"], model, tmp_path / "out", **ROWS)
    write_rows(tmp_path / "in" / "a.jsonl", 12, first=12)
    assert label_paths([tmp_path / "in"], model, tmp_path / "out", **ROWS) == Counts(24, 19, 0, 5)
    assert ids(tmp_path / "out") == [str(i) for i in range(24)]


def test_a_new_file_that_would_change_ids_is_refused(model: TrainedModel, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", ["a/x.txt"])
    label_paths([folder], model, tmp_path / "out")
    before = content(tmp_path / "out")
    write_articles(folder, ["b/x.txt"])
    with pytest.raises(RefusedError, match=r"shard 0-00000, from .*a/x\.txt to .*a/x\.txt, are not read as when .* has the name of an old"):
        label_paths([folder], model, tmp_path / "out")
    (folder / "b" / "x.txt").unlink()
    write_articles(folder, ["b/y.txt"])
    assert label_paths([folder], model, tmp_path / "out") == Counts(4, 2, 0, 2)
    assert content(tmp_path / "out")["shards/0-00000.parquet"] == before["shards/0-00000.parquet"]


def change(folder: Path) -> None:
    (folder / "b.txt").write_text("Another text.")


def remove(folder: Path) -> None:
    (folder / "b.txt").unlink()


def rename(folder: Path) -> None:
    (folder / "b.txt").rename(folder / "c.txt")


@pytest.mark.parametrize(("act", "message"), [
    (change, r"b\.txt has changed"), (remove, r"b\.txt is gone\)"), (rename, r"b\.txt is gone \(or is it c\.txt now\?\)"),
])  # fmt: skip
def test_an_old_file_that_has_changed_or_gone_is_refused_by_name(
    act: Callable[[Path], None], message: str, model: TrainedModel, tmp_path: Path
) -> None:
    folder = write_articles(tmp_path / "in", ["a.txt", "b.txt"])
    label_paths([folder], model, tmp_path / "out")
    before = content(tmp_path / "out")
    act(folder)
    with pytest.raises(RefusedError, match=message + r".*choose another folder, or --overwrite"):
        label_paths([folder], model, tmp_path / "out")
    assert content(tmp_path / "out") == before
    label_paths([folder], model, tmp_path / "out", overwrite=True)
    label_paths([folder], model, tmp_path / "anew")
    assert content(tmp_path / "out") == content(tmp_path / "anew")


@pytest.mark.parametrize(("options", "message"), [
    ({"limit": 3}, "limit: none → 3"), ({"shard_rows": 7}, "shard_rows: 2000 → 7"), ({"headings": True}, "headings: False → True"),
    ({"reading": ReadOptions(encoding="latin-1")}, "encoding: utf-8 → latin-1"), ({"threads": 1}, "threads: 2 → 1"),
])  # fmt: skip
def test_another_setting_is_refused_and_said(options: dict[str, Any], message: str, model: TrainedModel, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", ["a.txt", "b.txt"])
    label_paths([folder], model, tmp_path / "out")
    with pytest.raises(RefusedError, match=message):
        label_paths([folder], model, tmp_path / "out", **options)


def test_another_model_is_refused_until_it_may_replace_and_then_replaces_as_a_whole(
    model: TrainedModel, tmp_path: Path, stop_after: Callable[[int], None]
) -> None:
    path = write_rows(tmp_path / "a.jsonl", 23)
    label_paths([path], model, tmp_path / "out", **ROWS)
    before = content(tmp_path / "out")
    other = save_other(tmp_path / "other")
    with pytest.raises(RefusedError, match=f"model: {model.digest[:20]}.* → {other.digest[:20]}"):
        label_paths([path], other, tmp_path / "out", **ROWS)
    stop_after(2)
    with pytest.raises(KeyboardInterrupt):
        label_paths([path], other, tmp_path / "out", **ROWS, overwrite=True)
    kept = content(tmp_path / "out")
    assert {name: kept[name] for name in before} == before
    assert status_of(tmp_path / "out").replaced
    assert label_paths([path], other, tmp_path / "out", **ROWS, overwrite=True) == Counts(23, 13, 0, 10)
    label_paths([path], other, tmp_path / "anew", **ROWS)
    assert content(tmp_path / "out") == content(tmp_path / "anew")


def test_the_first_documents_alone(model: TrainedModel, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.jsonl", 23, [(2, " ")])
    assert label_paths([path], model, tmp_path / "out", **ROWS, limit=7) == Counts(7, 6, 1, 0)
    assert ids(tmp_path / "out") == ["0", "1", "3", "4", "5", "6"]
    assert label_paths([path], model, tmp_path / "out", **ROWS, limit=7) == Counts(7, 0, 0, 7)


def test_what_was_rejected_is_labelled_when_it_is_mended_and_nothing_else(model: TrainedModel, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", ["a.txt", "z.txt"])
    (folder / "broken.txt").write_bytes("Caf\u00e9 owners said no.".encode("latin-1"))
    (folder / "empty.txt").write_text("Your thoughts")
    (folder / "rows.jsonl").write_text('{"id": "r1", "text": "One said no."}\n{"id": "r2"}\n{"id": "r3", "text": "Three said no."}\n')
    assert label_paths([folder], model, tmp_path / "out") == Counts(9, 6, 3, 0)
    before = content(tmp_path / "out" / "shards")
    said: list[str] = []
    assert label_paths([folder], model, tmp_path / "out", retry_rejected=True, progress=said.append).rejected == 3
    (folder / "broken.txt").write_text("Caf\u00e9 owners said no.")
    rows = (folder / "rows.jsonl").read_text()
    (folder / "rows.jsonl").write_text(rows.replace('"r2"}', '"r2", "text": "Two said no."}'))
    with pytest.raises(RefusedError, match=r"broken\.txt has changed"):
        label_paths([folder], model, tmp_path / "out")
    assert label_paths([folder], model, tmp_path / "out", retry_rejected=True) == Counts(9, 2, 1, 6)
    assert {"broken:0-20", "r2:0-12"} <= set(ids(tmp_path / "out"))
    after = content(tmp_path / "out" / "shards")
    assert {name: after[name] for name in before} == before
    assert [Path(row["file"]).name for row in rejected_in(tmp_path / "out")] == ["empty.txt"]
    label_paths([folder], model, tmp_path / "whole")
    assert counted_in(tmp_path / "out") == counted_in(tmp_path / "whole")  # what was tried again is counted once
    assert label_paths([folder], model, tmp_path / "out") == Counts(9, 0, 0, 9)


def test_a_table_of_which_nothing_could_be_read_is_read_when_it_is_mended(model: TrainedModel, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_rows(tmp_path / "in" / "a.jsonl", 7)
    (tmp_path / "in" / "b.jsonl.gz").write_bytes(b"no gzip data")
    assert label_paths([tmp_path / "in"], model, tmp_path / "out", **ROWS) == Counts(8, 7, 1, 0)
    rows = write_rows(tmp_path / "rows", 4, first=7).read_bytes()
    (tmp_path / "in" / "b.jsonl.gz").write_bytes(gzip.compress(rows))
    assert label_paths([tmp_path / "in"], model, tmp_path / "out", **ROWS, retry_rejected=True) == Counts(11, 4, 0, 7)
    assert ids(tmp_path / "out") == [str(i) for i in range(11)]


def test_only_a_finished_run_has_rejected_documents_to_try_again(
    model: TrainedModel, tmp_path: Path, stop_after: Callable[[int], None]
) -> None:
    path = write_rows(tmp_path / "a.jsonl", 23)
    with pytest.raises(RefusedError, match="holds no labels of this input whose rejected documents could be tried again"):
        label_paths([path], model, tmp_path / "none", **ROWS, retry_rejected=True)
    stop_after(2)
    with pytest.raises(KeyboardInterrupt):
        label_paths([path], model, tmp_path / "out", **ROWS)
    with pytest.raises(RefusedError, match="is not finished; run the same command without --retry-rejected first"):
        label_paths([path], model, tmp_path / "out", **ROWS, retry_rejected=True)


def test_a_manifest_that_says_other_things_of_old_files_is_refused_and_of_new_ones_is_not(model: TrainedModel, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", ["a.txt", "b.txt"])

    def listing(**outlets: str) -> None:
        rows = [{"id": name, "file": f"{name}.txt", "outlet": outlet} for name, outlet in outlets.items()]
        for row in rows:
            row["sha256"] = sha256_of(folder / row["file"])
        (folder / "manifest.yaml").write_text("articles:\n" + "".join(f"  - {json.dumps(row)}\n" for row in rows))

    listing(a="Post")
    assert label_paths([folder], model, tmp_path / "out") == Counts(2, 2, 0, 0)
    listing(a="Post", b="Mail")
    assert label_paths([folder], model, tmp_path / "out") == Counts(4, 2, 0, 2)
    listing(a="Times", b="Mail")
    with pytest.raises(RefusedError, match="are not read as when they were labelled: their texts, fields or ids are others"):
        label_paths([folder], model, tmp_path / "out")


def test_labels_come_as_rows_a_frame_and_a_data_set(model: TrainedModel, tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    pytest.importorskip("pandas")
    path = write_rows(tmp_path / "a.jsonl", 12, [(3, " ")])
    label_paths([path], model, tmp_path / "out", **ROWS)
    labels = Labels(tmp_path / "out")
    rows = [json.loads(line) for line in (tmp_path / "out" / "labels.jsonl").read_text().splitlines()]
    assert list(labels) == rows
    assert repr(labels) == f"<Labels: 11 statements, 1 rejected, in {tmp_path / 'out'}>"
    assert list(labels.to_frame()["id"]) == list(labels.to_dataset()["id"]) == [row["id"] for row in rows]
    with pytest.raises(InputError, match="holds no labels: pass a folder that `stancekit label` wrote"):
        Labels(tmp_path)
