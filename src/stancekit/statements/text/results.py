"""Results of attribution for one quotation and for one sentence."""

from dataclasses import dataclass, field

from stancekit.records import Attribution
from stancekit.statements.text.types import Speakers


@dataclass(frozen=True, slots=True)
class Hearing:
    """Speakers, by which cue, whether by a rule or a parse, and how often such an attribution is right (0 to 1)."""

    speakers: Speakers = ()
    cue: str | None = None
    attribution: Attribution = "rule"
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """Who speaks in a sentence (`heard`), and who acts in it where the narrator speaks.

    `letter` and `turn` tell that all of it is somebody's words without marks. `quoted` are the numbers of the quotations in it,
    `reports` the clues of speech outside them, and `frame` the number of words outside quotations.
    """

    heard: Hearing = field(default_factory=Hearing)
    actor: Speakers = ()
    letter: bool = False
    turn: bool = False
    reports: int = 0
    quoted: tuple[int, ...] = ()
    frame: int = 0

    @property
    def speakers(self) -> Speakers:
        return self.heard.speakers
