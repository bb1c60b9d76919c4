"""A small invented data set for the machinery: three articles by generated names, marked as such; it trains nothing that ships."""

from collections.abc import Sequence

from stancekit.codebook import Codebook, Label, Task
from stancekit.data.dataset import Dataset, Example
from stancekit.records import ModelInput

TARGET = "the plan"


def codebook() -> Codebook:
    stance = Task(question="Position?", labels={name: Label(definition="-") for name in ("oppose", "neutral", "support")})
    tone = Task(question="Tone?", labels={name: Label(definition="-") for name in ("bad", "good")})
    return Codebook(name="toy", version="1.0.0", target=TARGET, tasks={"stance": stance, "tone": tone})


def dataset(rows: Sequence[tuple[str, str, str, str, str]] | None = None) -> Dataset:
    """Rows of (article, text, holder, stance, tone)."""
    rows = ROWS if rows is None else rows
    examples, before = [], ("", "")
    for i, (article, text, holder, stance, tone) in enumerate(rows):
        context = before[1] if before[0] == article else ""
        found = ModelInput(text, context, holder, holder, holder, TARGET)
        examples.append(
            Example(f"{article}:{i}-{i + 1}", article, found, "narrator" if i % 4 == 0 else holder, {"stance": stance, "tone": tone})
        )
        before = (article, text)
    return Dataset(codebook(), tuple(examples), {})


ROWS = [
    ("a1", "Union Ka said the plan is far too hasty and must wait.", "Union Ka", "oppose", "bad"),
    ("a1", "The plan has five parts.", "narrator", "neutral", "good"),
    ("a1", "Office Lo praised the plan as overdue.", "Office Lo", "support", "good"),
    ("a1", "Members of Union Ka will vote on a strike.", "Union Ka", "oppose", "bad"),
    ("a2", "It said the plan is far too hasty and must wait for a year.", "Union Ka", "oppose", "bad"),
    ("a2", "A date was named on Monday.", "narrator", "neutral", "good"),
    ("a2", "The start is set, said Office Lo, whatever the objections.", "Office Lo", "support", "good"),
    ("a2", "Pay talks go on.", "narrator", "neutral", "good"),
    ("a3", "Union Mi threatened to sue over the plan.", "Union Mi", "oppose", "bad"),
    ("a3", "The plan has five parts.", "narrator", "neutral", "good"),
    ("a3", "Nobody at the ministry would comment.", "narrator", "neutral", "bad"),
    ("a3", "Charity Nu said families deserve this change.", "Charity Nu", "support", "good"),
]
