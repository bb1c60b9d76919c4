"""Adjudication: what annotators differ on, to be settled by one person, and what they agree on, which stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stancekit.annotations.items import Item, items_of
from stancekit.annotations.passes import HOLDER
from stancekit.annotations.write import annotation_row, given_row
from stancekit.codebook import Codebook
from stancekit.records import Annotation, Given, Statement


@dataclass(frozen=True)
class Adjudication:
    """What a page to adjudicate on shows.

    `items` are the statements to settle; each has in `given` what every annotator gave, in `agreed` task → label (further labels under
    `also`, the holder under `holder`) where they agree, and in `places` its line in the settled file. `settled` : line → the row of a
    statement on which nothing is open.
    """

    items: list[Item]
    given: dict[str, list[dict[str, Any]]]
    agreed: dict[str, dict[str, Any]]
    places: dict[str, int]
    settled: dict[int, dict[str, Any]]


def adjudication(merged: Sequence[Annotation], codebook: Codebook, items: Sequence[Item] = ()) -> Adjudication:
    """Sort merged annotations into those to settle and those that stand.

    A statement is to be settled where annotators differ, whatever was counted or estimated, and where a task or the holder is missing.
    `items` : what is known of the statements besides, such as mode and speaker.
    """
    known = {item.statement.id: item for item in items}
    plain = [Statement(a.statement_id, a.article_id, a.start, a.end, a.text, joined=a.joined) for a in merged]
    found = Adjudication([], {}, {}, {}, {})
    for place, (a, near) in enumerate(zip(merged, items_of(plain), strict=True)):
        contested = differing(a.given, codebook)
        missing = [task for task in codebook.tasks if task not in a.labels] + [HOLDER] * (not a.holder)
        if not contested and not missing:
            found.settled[place] = {key: value for key, value in annotation_row(a).items() if key not in ("soft", "given")}
            continue
        also = {} if codebook.also_task in contested else {"also": list(a.also)}
        labels = {task: list(label) if isinstance(label, tuple) else label for task, label in a.labels.items() if task not in contested}
        found.items.append(known.get(a.statement_id, near))
        found.given[a.statement_id] = [given_row(given) for given in a.given]
        found.agreed[a.statement_id] = {"labels": labels, **also, HOLDER: "" if HOLDER in contested else a.holder}
        found.places[a.statement_id] = place
    return found


def differing(given: Sequence[Given], codebook: Codebook) -> list[str]:
    """Return the tasks, and `holder`, on which annotators differ; further labels are part of the task that takes them."""
    found = []
    for task in codebook.tasks:
        answers = [(g.labels[task], set(g.also) if task == codebook.also_task else set()) for g in given if task in g.labels]
        if any(answer != answers[0] for answer in answers):
            found.append(task)
    return found + [HOLDER] * (len({g.holder for g in given if g.holder}) > 1)
