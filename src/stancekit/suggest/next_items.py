"""Active learning: the next statements to label for training."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from stancekit.annotations.items import Item, Queue
from stancekit.codebook import Codebook
from stancekit.errors import InputError, refuse_paths
from stancekit.models.encoders.encode import encoding_cache
from stancekit.records import Annotation
from stancekit.suggest.diverse import Pick, pick
from stancekit.suggest.features import Reader, features
from stancekit.suggest.questions import Belief, beliefs, questions, suggested
from stancekit.suggest.uncertain import Policy, doubt, worth

START = 20
"""With fewer labelled statements no model is asked: it would be sure of the wrong things."""
PATIENCE = 60
"""With fewer than this none is asked while a label has not been seen; a label as rare as that can't be waited for."""
_NOTHING = "nothing is left to label: each one is labelled, or repeats one that is"


def next_to_label(
    items: Sequence[Item],
    labelled: Sequence[Annotation],
    codebook: Codebook,
    *,
    n: int = 20,
    seed: int = 0,
    model: Reader = "tfidf",
    params: Mapping[str, Any] | None = None,
    policy: Policy | None = None,
) -> Queue:
    """Choose the next statements to label, the most useful first, each with its reason and, once a model is asked, what it suggests.

    At first statements that stand for many others; later weighted towards what a model, trained on existing labels, is
    unsure of or takes for a rare label. None is labelled already, or a near-duplicate of a labelled or queued statement.
    Models read the text alone, since rows of annotations have no more. Labels of a multi-label task are asked one by one.

    Parameters
    ----------
    items : of `read_items`. n : choose at most this many.
    labelled : rows that may lack tasks; where annotators differ on a statement, each one's row is learnt from.
    codebook : whose tasks are labelled.
    seed : draws what stands for a large pool.
    model : what reads the statements, `tfidf` or `embedding`. params : its parameters, as in an experiment.
    policy : how doubt and rarity weigh.

    Returns
    -------
    Queue : a list of items, which `to_frame` shows as a table.

    Raises
    ------
    InputError : n is below 1, the model is another, or nothing is left to label.
    """
    refuse_paths(items=items, labelled=labelled, codebook=codebook)
    if n < 1:
        raise InputError("n", f"is {n}; at least one statement must be asked for")
    known = [a for a in labelled if a.labels]
    done = {a.statement_id for a in known}
    pool = [item for item in items if item.statement.id not in done]
    if not pool:
        raise InputError("statements", _NOTHING)
    texts = [item.statement.text for item in pool]
    others = list(dict.fromkeys(a.text for a in known))
    with encoding_cache():
        rows = features(texts + others, model)
        asked = _ask(known, codebook, texts, model, params or {})
        weights = worth(asked, policy or Policy()) if asked else np.ones(len(texts))
        labels = range(len(texts), len(texts) + len(others))
        picks = pick(rows, texts + others, n, labelled=labels, weights=np.append(weights, np.zeros(len(others))), seed=seed)
    if not picks:
        raise InputError("statements", _NOTHING)
    held = [suggested((belief, p.row) for belief in asked) for p in picks]
    return Queue(replace(pool[p.row], suggested=says, reason=_reason(asked, p, len(pool))) for p, says in zip(picks, held, strict=True))


def _ask(labelled: Sequence[Annotation], codebook: Codebook, texts: Sequence[str], model: str, params: Mapping[str, Any]) -> list[Belief]:
    """What the model holds of each text; nothing while there are too few labels to learn from."""
    count = len({a.statement_id for a in labelled})
    asked = questions(labelled, codebook)
    unseen = any(0 in question.counts for question in asked)
    return [] if count < START or (unseen and count < PATIENCE) else beliefs(asked, texts, model, params)


def _reason(asked: Sequence[Belief], chosen: Pick, size: int) -> str:
    if why := doubt(asked, chosen.row):
        return why
    if chosen.share * size > 1.5:  # more than itself
        return f"typical: stands for {100 * chosen.share:.0f} % of what is not labelled"
    return "unlike anything chosen so far"
