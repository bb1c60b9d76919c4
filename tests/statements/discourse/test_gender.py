import pytest

from stancekit.actors import Actors
from stancekit.statements.discourse.document import read_document
from stancekit.statements.discourse.frames import find_frames
from stancekit.statements.discourse.gender import told_genders


def told(text: str) -> dict[str, str]:
    return dict(told_genders(find_frames(read_document(text, Actors()))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Boro lost her job.", {"Ana Boro": "f"}),
        ("Ana Boro said he was tired.", {"Ana Boro": "m"}),
        ("Ana Boro was there. He left early.", {"Ana Boro": "m"}),
        ("Ana Boro was there. “We lost,” she said.", {"Ana Boro": "f"}),
        ("The judge told her to leave. Ana Boro was there.", {}),
        ("Ana Boro met Lin Teka, and she was late.", {}),  # which of them?
        ("Ana Boro’s wife, Lin Teka, said she was late.", {}),
        ("Ana Boro, her voice breaking, left.", {"Ana Boro": "f"}),
        ("Ana Boro and his wife, Lin Teka, left.", {"Ana Boro": "m"}),
        ("Ana Boro left. A nurse stood up. She was late.", {}),
        ("David Boro lost her job.", {"David Boro": "f"}),
        ("“She hit Ana Boro,” it said. “He ran.”", {}),  # within quotations nothing is told
        ("Ana Boro lost her job. Ana Boro and his job. Ana Boro and her job.", {"Ana Boro": "f"}),
        ("Ana Boro lost her job. Ana Boro lost his job.", {}),
    ],
)
def test_pronouns_that_can_mean_nobody_else(text, expected):
    assert told(text) == expected
