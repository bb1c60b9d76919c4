"""The job of a worker: one object that can be sent anywhere, and gives the same there."""

import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from odd_jobs import save_other, save_small, write_rows

from stancekit.articles import ReadOptions
from stancekit.articles.accounts import Account, Words
from stancekit.errors import InputError
from stancekit.labelling.batches import Batch, deal
from stancekit.labelling.inputs import Inputs
from stancekit.labelling.job import Job, _fixed_threads


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    path = write_rows(tmp_path / "a.jsonl", 12)
    return next(deal(Inputs([path], ReadOptions(), "statement").documents(), lambda _: [0], 100))


def test_a_job_is_sent_without_its_model_and_loads_it_where_it_is(batch: Batch, tmp_path: Path) -> None:
    job = Job(save_small(tmp_path / "model"))
    sent = pickle.dumps(job)
    assert len(sent) < 1_000
    assert pickle.loads(sent)(batch) == job(batch)
    save_other(tmp_path / "model")
    with pytest.raises(InputError, match="the model has changed while it was at work"):
        pickle.loads(sent)(batch)


def test_a_model_that_is_in_no_folder_can_be_sent_nowhere(batch: Batch, tmp_path: Path) -> None:
    job = Job(replace(save_small(tmp_path / "model"), folder=None))
    assert job(batch).rows == 12
    with pytest.raises(InputError, match="the model: is not in a folder, where other processes could load it"):
        pickle.dumps(job)


def test_a_shard_counts_the_words_of_what_went_in(batch: Batch, tmp_path: Path) -> None:
    shard = Job(save_small(tmp_path / "model"))(batch)
    assert (shard.documents, shard.rows, shard.first, shard.last) == (12, 12, (batch.documents[0].file, 1), (batch.documents[0].file, 12))
    assert (shard.account, shard.accounts_rejected) == (Account(Words(statements=12 * 11)), ())


def test_threads_are_the_same_everywhere_and_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in (None, "7"):
        monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
        if before:
            monkeypatch.setenv("OMP_NUM_THREADS", before)
        with _fixed_threads(3):
            assert os.environ["OMP_NUM_THREADS"] == "3"
        assert os.environ.get("OMP_NUM_THREADS") == before
