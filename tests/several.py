"""Made-up annotations of several annotators for tests: three tasks, one with further labels, one with any number."""

from collections.abc import Mapping, Sequence

from stancekit.codebook import Codebook, Label, Task
from stancekit.records import Annotation


def _labels(*names: str) -> dict[str, Label]:
    return {name: Label(definition="-") for name in names}


BOOK = Codebook(
    name="several",
    version="1.0.0",
    target="the plan",
    tasks={
        "stance": Task(question="Position?", labels=_labels("oppose", "neutral", "support")),
        "issue": Task(question="Main point?", labels=_labels("cost", "time", "law"), also=True),
        "frames": Task(question="Frames?", kind="multi", labels=_labels("moral", "money", "order")),
    },
)


def annotation(
    annotator: str,
    statement: int,
    labels: Mapping[str, str | tuple[str, ...]],
    *,
    article: str = "a1",
    holder: str = "Union Ka",
    also: Sequence[str] = (),
    text: str = "",
) -> Annotation:
    """Statement number `statement` of an article, nine characters long."""
    start, end = 10 * statement, 10 * statement + 9
    said = text or f"{article}: {statement}".ljust(9, ".")
    return Annotation(f"{article}:{start}-{end}", article, start, end, said, holder, dict(labels), annotator, "1.0.0", tuple(also))


def stances(annotator: str, *labels: str, articles: Sequence[str] = ()) -> list[Annotation]:
    """One statement a label, "" for a statement that the annotator does not have."""
    homes = articles or ["a1"] * len(labels)
    return [
        annotation(annotator, i, {"stance": label}, article=home)
        for i, (label, home) in enumerate(zip(labels, homes, strict=True))
        if label
    ]
