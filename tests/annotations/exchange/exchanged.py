"""Generated codebooks and annotations, with the text that breaks careless exchange formats. No people: made-up strings only."""

from dataclasses import replace

from hypothesis import strategies as st

from stancekit.annotations.items import Item
from stancekit.codebook import Codebook, Label, Task
from stancekit.records import Annotation, Statement

LABELS = ("oppose", "neutral", "support", "na", "null", "none", "true", "x_1", "inf", "other")
HARD = (
    "=SUM(A1:A9)", "+1", "-2", "@cmd", "'=quoted", "''=twice", "'plain", "\ttab", "\rreturn", "NA", "null", "007", "1e5", "1/2", "(none)",
    'a "quote", a; b\r\nand a line', "l\u2028s\u2029p\x85", "\u202eevil\u202c", "\ufeffmark", "\U0001f600", "a: b",
    "$text", "<b>&amp;", " ",
)  # fmt: skip
text = st.one_of(
    st.sampled_from(HARD),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12),
    st.builds("{}{}".format, st.sampled_from("=+-@'\t\r"), st.text(st.sampled_from("ab'=\"; \n"), max_size=6)),
)
said = text.filter(str.strip)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    names = draw(st.lists(st.sampled_from(("stance", "issue", "tone", "topics", "frame_2")), min_size=1, max_size=4, unique=True))
    also = draw(st.sampled_from((None, *names)))
    tasks = {}
    for name in names:
        labels = draw(st.lists(st.sampled_from(LABELS), min_size=2, max_size=5, unique=True))
        kind = "single" if name == also else draw(st.sampled_from(("single", "multi")))
        meaning = {label: Label(definition=draw(said)) for label in labels}
        tasks[name] = Task(question=draw(said), kind=kind, labels=meaning, also=name == also)
    return Codebook(name="made up", version="2.1.0", accepts=["1.0.0"], target="the plan", tasks=tasks)


@st.composite
def annotations(draw: st.DrawFn, codebook: Codebook) -> list[Annotation]:
    """Up to two annotators on up to four statements, complete."""
    found = []
    statements = draw(st.dictionaries(st.tuples(said, st.integers(0, 10**6)), text, min_size=1, max_size=4))
    for name in draw(st.lists(said, min_size=1, max_size=2, unique=True)):
        for (article, start), content in statements.items():
            end, joined = start + len(content), ()
            if len(content) % 2:  # a repair at the start, and one at the end
                end, joined = end + 3, ((start, start + 1, content[:1]), (end, end + 3, ""))
            labels, also = draw(answers(codebook))
            version = draw(st.sampled_from(("2.1.0", "1.0.0")))
            digest = draw(st.sampled_from(("", codebook.meaning if version == "2.1.0" else "0123456789abcdef")))
            identity = f"{article}:{start}-{end}"
            holder, note = draw(said), draw(st.one_of(st.just(""), text))
            found.append(
                Annotation(identity, article, start, end, content, holder, labels, name, version, also, note, digest, joined=joined)
            )
    return found


@st.composite
def answers(draw: st.DrawFn, codebook: Codebook) -> tuple[dict[str, str | tuple[str, ...]], tuple[str, ...]]:
    labels: dict[str, str | tuple[str, ...]] = {}
    also: tuple[str, ...] = ()
    for task, entry in codebook.tasks.items():
        known = codebook.labels(task)
        if entry.kind == "multi":
            chosen = draw(st.sets(st.sampled_from(known)))
            labels[task] = tuple(label for label in known if label in chosen)
        else:
            labels[task] = draw(st.sampled_from(known))
            rest = [label for label in known if label != labels[task]]
            if entry.also:
                also = tuple(draw(st.lists(st.sampled_from(rest), unique=True)))
    return labels, also


def imported(annotation: Annotation) -> Annotation:
    """What an annotation is to be after it was exchanged: `soft` stays behind."""
    return replace(annotation, soft={})


def codebook() -> Codebook:
    """A single-label task with further labels, another without, a multi-label one."""

    def labels(*names: str) -> dict[str, Label]:
        return {name: Label(definition=f'It is "{name}" & no <other>.\nSee there.') for name in names}

    return Codebook(
        name="made up",
        version="1.0.0",
        target="the plan",
        tasks={
            "stance": Task(question="Position?", labels=labels("oppose", "neutral", "support")),
            "issue": Task(question="Issue?", labels=labels("timing", "grading", "other"), also=True),
            "topics": Task(question="Topics?", kind="multi", labels=labels("schools", "money")),
        },
    )


def item(article: str, start: int, content: str, **values: object) -> Item:
    end = start + len(content)
    statement = Statement(f"{article}:{start}-{end}", article, start, end, content, mode="indirect", speaker="Union Ka", holder="Union Ka")
    return Item(statement, **values)  # type: ignore[arg-type]


ITEMS = [
    item("a1", 0, "Union Ka said the plan must wait.", after="It will vote."),
    item("a1", 40, "It will vote.", before="Union Ka said the plan must wait."),
    item(
        "a2",
        7,
        "Office Lo praised the plan.",
        suggested={"stance": {"support": 0.9, "oppose": 0.1}, "topics": {"schools": 0.7, "money": 0.2}},
    ),
]


def annotation(of: Item, annotator: str = "coder_1", **values: object) -> Annotation:
    s = of.statement
    labels = {"stance": "oppose", "issue": "timing", "topics": ("schools",)}
    made = Annotation(
        s.id, s.article_id, s.start, s.end, s.text, "Union Ka", labels, annotator, "1.0.0", codebook_digest=codebook().meaning
    )
    return replace(made, **values)  # type: ignore[arg-type]
