"""What the data of a run cannot show, worked out from the data."""

from collections.abc import Iterator

from stancekit.predictions import is_official
from stancekit.report import view
from stancekit.report.view import Metrics
from stancekit.report.wording import listed, percent, plural

FEW = 10  # statements: below this a single one moves a label's figures by a tenth or more
MANY = 20  # articles: with fewer an interval is wide
CONCENTRATED = 0.75  # of a label's statements in one article
REPEATED = 0.03  # of an official test set: below this what repeats training rows hardly moves a figure

NOT_SAMPLED = (
    "The articles were picked for their topic, not drawn with known probabilities. Counts and shares describe these articles "
    "only; nothing here is a claim about wider coverage."
)
LABELS_MADE = (
    "How the labels were made, and by whom or what, is told in the data card of the annotations. The figures measure agreement "
    "with those labels, not truth, and say nothing about agreement between people."
)
AS_GIVEN = (
    "The rows are those of the data set as it is given. What it was drawn from, and whether that is like other coverage, is told by those "
    "who made it, if at all."
)
LABELS_GIVEN = (
    "How the labels were made is told by those who made the data set. The figures measure agreement with those labels, not truth."
)


def limits(metrics: Metrics) -> tuple[tuple[str, str], ...]:
    """Return (subject, what cannot be shown) for each limit."""
    sampled = view.unit(metrics) != "article"
    found = [*_repeated(metrics), _basis(metrics)]
    if few := list(_few(metrics)):
        found.append(("Rare labels.", f"Fewer than {FEW} scored statements: {'; '.join(few)}. Every figure of such a label, and every mean "
                      "that it enters, hangs on single statements."))  # fmt: skip
    if homes := list(_concentrated(metrics)):
        found.append((f"Labels that live in one {view.unit(metrics)}.", f"{'; '.join(homes)}. When that {view.unit(metrics)} is left out, "
                      "little or nothing remains to learn the label from."))  # fmt: skip
    found += [
        ("No claim on wider coverage.", AS_GIVEN if sampled else NOT_SAMPLED),
        ("The labels.", LABELS_GIVEN if sampled else LABELS_MADE),
    ]
    if runs := list(_runs(metrics)):
        found.append(("Seeds and schemes.", f"{'; '.join(runs)}. Intervals are over {view.unit(metrics)}s; how far seeds move a figure is "
                      "shown beside it where several were run, and unknown where one was."))  # fmt: skip
    return tuple(found)


def _basis(metrics: Metrics) -> tuple[str, str]:
    unit, scheme = view.unit(metrics), view.main_scheme(metrics)
    if unit == "statement":
        rest = "; ".join(f"{name}: {view.counted(metrics, name)}" for name in view.main_schemes(metrics))
        return "Statements taken as independent.", (
            f"The intervals are over statements ({rest}). Those of the same words count together, all others as independent, since "
            "nothing says which belong to one source. Where some share an author, a thread or an event, the intervals are too narrow."
        )
    count = (view.scores(metrics, scheme=scheme) or [{}])[0].get("groups", len(metrics["articles"]))
    basis = f"All figures rest on {plural(metrics['n'], 'statement')} from {plural(len(metrics['articles']), unit)}"
    if is_official(scheme):
        basis = f"The figures rest on {'; '.join(f'{name}: {view.counted(metrics, name)}' for name in view.main_schemes(metrics))}"
    elif count < len(metrics["articles"]):
        basis += f", the scores on {plural(count, unit)} of them"
    head = "Few articles." if unit == "article" else "Statements that belong together."
    if count < 2:
        return head, f"{basis}: there are no intervals, and no two models can be told apart."
    return head, (
        f"{basis}. Statements of one {unit} are not independent, so every interval rests on {plural(count - 1, 'degree')} of freedom"
        f"{' and is wide' if count <= MANY else ''}. Where the interval of a difference includes 0, these {unit}s cannot tell the two "
        "models apart; that is not evidence that they are equal."
    )


def _repeated(metrics: Metrics) -> list[tuple[str, str]]:
    """What official test sets have in common with training, where it is more than a few per cent."""
    known = metrics.get("repeated") or {}
    shares = [
        f"{found['repeated']} of {found['n']} statements ({percent(found['repeated'], found['n'])}) of {scheme}"
        for scheme, found in known.items()
        if found["repeated"] > REPEATED * found["n"]
    ]
    if not shares:
        return []
    left = "They are left in, so that the figures stand beside those published." if metrics.get("published") else "They are left in."
    return [(
        "Tested on what was trained on.",
        f"{'; '.join(shares)} repeat a training statement: they are equal to one, or share a run of six words with it. A model can know "
        f"these by heart, so its figures may be higher than new statements would bear out. {left}",
    )]  # fmt: skip


def _few(metrics: Metrics) -> Iterator[str]:
    """Labels with few statements among those that are scored; an official split has others to train on."""
    schemes = view.main_schemes(metrics)
    for task in metrics["tasks"]:
        for scheme in schemes:
            first = next(iter(view.scores(metrics, task=task, scheme=scheme)), None)
            counts = {c["label"]: c["n"] for c in first["classes"]} if first else {}
            if rare := [f"{label} (n = {n})" for label, n in counts.items() if n < FEW]:
                yield f"{task}{f', {scheme}' if len(schemes) > 1 else ''}: {listed(rare)}"


def _concentrated(metrics: Metrics) -> Iterator[str]:
    if is_official(view.main_scheme(metrics)):
        return  # the test set stands for itself: no group is left out of training
    for task, labels in metrics["homes"].items():
        for label, homes in labels.items():
            total = sum(homes.values())
            article, most = max(homes.items(), key=lambda pair: pair[1], default=("", 0))
            if total and most >= CONCENTRATED * total:
                how = f"all {total}" if most == total else f"{most} of {total} ({percent(most, total)})"
                yield f"{task}: {label}, {how} in {article}"


def _runs(metrics: Metrics) -> Iterator[str]:
    """Recipes with several seeds, or that were left out of a scheme."""
    schemes = list(metrics["schemes"])
    for recipe in metrics["recipes"]:
        seeds = {s["scheme"]: len(s["seeds"]) for s in view.scores(metrics, recipe=recipe)}
        if max(seeds.values(), default=1) > 1 or set(seeds) < set(schemes):
            parts = [f"{scheme} with {plural(seeds[scheme], 'seed')}" if scheme in seeds else f"not {scheme}" for scheme in schemes]
            yield f"{recipe} ran {', '.join(parts)}"
