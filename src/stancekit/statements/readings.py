"""What has been found out about one sentence."""

from dataclasses import dataclass

from stancekit.statements.entities import Voices


@dataclass(frozen=True, slots=True)
class Reading:
    """Who speaks in a sentence, by which cue, and who acts in it where the narrator speaks.

    `quoted` are the numbers of the quotations in it, `reports` the clues of speech outside them, and `frame` the number
    of words outside quotations.
    """

    voices: Voices
    cue: str | None = None
    actor: Voices = ()
    letter: bool = False
    reports: int = 0
    quoted: tuple[int, ...] = ()
    frame: int = 0
