"""Progress: few lines, and what they say."""

import pytest

from stancekit.labelling.progress import EVERY, Progress


def test_a_line_every_few_seconds_with_rate_and_time_left_and_one_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    now, said = 0.0, list[str]()
    monkeypatch.setattr("time.monotonic", lambda: now)
    progress = Progress(said.append, 1_200_000)
    progress.read = 200_000
    progress.had(2_000)
    for _ in range(100):
        now += EVERY / 20
        progress.read += 2_000
        progress.labelled += 100
        progress.tell()
    progress.rejected = 3
    progress.tell(end=True)
    assert len(said) == 6
    assert said[0] == "2000 statements labelled, 0 rejected, 2,000 rows were there, 400 a second, about 2 min left"
    assert said[-1] == "10000 statements labelled, 3 rejected, 2,000 rows were there, 400 a second"
