"""The shipped codebook, and codebooks that are not sound."""

from pathlib import Path

import pytest

from stancekit.codebook import load_codebook
from stancekit.errors import InputError

ROOT = Path(__file__).parents[1]
SOUND = """name: test
version: "1.0.0"
target: the plan
tasks:
  stance:
    question: What is the position?
    labels:
      oppose: {definition: Is against it.}
      support: {definition: Is for it.}
"""


def load(tmp_path: Path, text: str):  # type: ignore[no-untyped-def]
    (tmp_path / "codebook.yaml").write_text(text, encoding="utf-8")
    return load_codebook(tmp_path / "codebook.yaml")


def test_the_shipped_codebook_has_the_three_tasks() -> None:
    book = load_codebook(ROOT / "annotations" / "codebook.yaml")
    assert set(book.labels("stance")) == {"oppose", "neutral", "support"}
    assert set(book.labels("issue")) == {"grading", "timing", "wellbeing", "legal_action", "collective_action", "other"}
    assert set(book.labels("sentiment")) == {"negative", "neutral", "positive"}
    assert book.also_task == "issue"


def test_the_digest_is_of_what_it_says(tmp_path: Path) -> None:
    plain = load(tmp_path, SOUND).digest
    assert load(tmp_path, "# a comment\n" + SOUND).digest == plain
    assert load(tmp_path, SOUND.replace("Is for it", "Is not for it")).digest != plain


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("      support:", "      no:", r":9: `no` is read as a boolean"),
        ("      support:", "      true:", r":9: the key True is not text"),
        ("      support:", "      oppose:", r":9: the key 'oppose' occurs twice"),
        ("      support:", "      For It:", r":\d+: .*For It.*pattern"),
        ("question:", "qestion:", r":6: unknown key 'tasks\.stance\.qestion' - did you mean 'question'"),
        ('"1.0.0"', "1.0", r":2: version: .*string"),
        ("  stance:", "  holder:", r"two columns of the labels' table would be called 'holder'"),
        ("target: the plan", 'target: the plan\ninput: "{text!r}"', r":4: input: unknown field '{text}'"),
        ("target: the plan\n", "", r"the key 'target' is missing"),
        (
            "target: the plan",
            'target: the plan\ninput: "{texte}"',
            r":4: input: unknown field '{texte}' - did you mean 'text'\? \(allowed: {text}",
        ),
    ],
)
def test_faults_name_their_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load(tmp_path, SOUND.replace(old, new))
