"""Models of several kinds, one a task: a joint one is asked once and answers for its own tasks."""

from pathlib import Path

import numpy as np
import pytest
from transformers import BertModel

from stancekit.errors import InputError
from stancekit.models import make_model
from stancekit.models.by_task import PARTS, ByTask
from stancekit.models.per_task import PerTask
from tiny import save_tiny

TEXTS = ["a good plan", "a bad plan", "a new road", "an old road"] * 3
LABELS = np.array([["for", "road"], ["against", "bridge"], ["for", "road"], ["against", "bridge"]] * 3)


def test_a_joint_model_is_saved_once_and_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = save_tiny(tmp_path / "encoder", BertModel)
    joint = make_model("transformer", encoder=encoder, epochs=1, tasks=["one", "two"]).fit(TEXTS, LABELS)
    single = PerTask([make_model("tfidf"), make_model("tfidf")]).fit(TEXTS, LABELS)
    for chosen in ([joint, joint], [joint, single]):
        model = ByTask.of(chosen)
        folder = tmp_path / chosen[1].model_type
        model.save(folder)
        assert sorted(p.name for p in folder.iterdir()) == sorted({PARTS, "task0", *(["task1"] if chosen[1] is single else [])})
        back = ByTask.load(folder)
        answers = [back.models[0].predict_proba(TEXTS)]  # a second call would find none left
        with monkeypatch.context() as patched:
            patched.setattr(back.models[0], "predict_proba", lambda _, left=answers: left.pop())
            found = back.predict_proba(TEXTS)
        wanted = [joint.predict_proba(TEXTS)[0], chosen[1].predict_proba(TEXTS)[1]]
        for own, theirs, classes, known in zip(found, wanted, back.classes_, [["against", "for"], ["bridge", "road"]], strict=True):
            np.testing.assert_allclose(own, theirs, atol=1e-6)
            assert classes.tolist() == known


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"task0"', '"../task0"', r"parts\.json: `tasks\.0\.folder`"),
        ('"majority"', '"majorty"', r"the unknown model type 'majorty' - did you mean 'majority'"),
        ('"joint": false', '"joint": 0', r"parts\.json: `tasks\.0\.joint`"),
    ],
)
def test_parts_that_are_not_as_written_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    fitted = PerTask([make_model("majority")]).fit(TEXTS, LABELS[:, :1])
    ByTask.of([fitted]).save(tmp_path)
    text = (tmp_path / PARTS).read_text()
    assert old in text
    (tmp_path / PARTS).write_text(text.replace(old, new))
    with pytest.raises(InputError, match=message):
        ByTask.load(tmp_path)
