"""Model inputs: what a model may read of a statement, from segmented articles or from rows that are statements already."""

from collections.abc import Mapping, Sequence

from stancekit.actors import Actors
from stancekit.records import NARRATOR, Kind, ModelInput, Statement

ROW_TARGETS = "the target that each row names"
"""The target of a codebook where each statement names its own; a new statement that names none has none."""


def kind_of_holder(holder: str | None, statement: Statement | None, actors: Actors) -> str | None:
    """Return the kind of the holder: as registered, else what the statement's own speaker was found to be.

    The narrator is of a kind of its own. Joint holders have theirs joined by `"; "`, each once; `None` where none is known.
    """
    if holder is None or holder == NARRATOR:
        return holder
    entries = [actors.find(part.strip()) for part in holder.split(";")]
    if kinds := list(dict.fromkeys(entry.kind for entry in entries if entry is not None and not entry.is_open)):
        return "; ".join(kinds)
    return statement.actor_kind if statement is not None and holder in (statement.speaker, statement.organisation) else None


def statement_from_row(identity: str, known: Mapping[str, str | None], actors: Actors, target: str) -> tuple[Statement, ModelInput]:
    """Return a row that is a statement already, as a record and as a model input.

    `known` holds what is known of it, of `text`, `target`, `context`, `speaker`, `organisation`, `holder`, `actor_kind`; its
    own target comes before the `target` given, and where no speaker is known the kind is the holder's.
    """
    text, holder = known["text"] or "", known.get("holder")
    speaker, organisation = known.get("speaker"), known.get("organisation")
    statement = Statement(
        identity, identity, 0, len(text), text,
        speaker=speaker, organisation=organisation, holder=holder, actor_kind=known.get("actor_kind"),
    )  # fmt: skip
    kind = kind_of_holder(holder, statement, actors)
    if kind is None and speaker is None and organisation is None:
        kind = known.get("actor_kind")
    target, context = known.get("target") or target, known.get("context") or ""
    return statement, ModelInput(text, context, speaker, organisation, holder, target, kind, actors.masked(text, target))


def model_inputs(statements: Sequence[Statement], target: str, actors: Actors, kinds: Sequence[Kind] = ("sentence",)) -> list[ModelInput]:
    """Return the model input of each unit of these kinds, in order; the context is the sentence before it in its article."""
    inputs: list[ModelInput] = []
    previous: Statement | None = None
    for s in statements:
        if s.kind in kinds:
            context = previous.text if previous is not None and previous.article_id == s.article_id else ""
            kind = kind_of_holder(s.holder, s, actors)
            masked = actors.masked(s.text, target)
            inputs.append(ModelInput(s.text, context, s.speaker, s.organisation, s.holder, target, kind, masked))
            previous = s if s.kind == "sentence" else previous
    return inputs
