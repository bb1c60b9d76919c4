"""What counts of machine labels may claim: which model, how well measured, how doubtful, how far from what it was trained on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from stancekit.actors import fold
from stancekit.errors import counted
from stancekit.models.profile import Profile, TaskScore
from stancekit.records import NARRATOR

if TYPE_CHECKING:
    from stancekit.summary.summarise import Summary

RAW = "Raw shares of machine labels can be far off for a single actor: read the statements behind a figure before you quote it."
_ORDER = ("purged", "official", "groups")
"""Schemes by how much they say of new coverage."""


@dataclass(frozen=True)
class Claims:
    """`first` is the line that stands before all figures, `lines` what follows it, `facts` the numbers in both."""

    first: str
    lines: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


class Novelty:
    """How far statements are from those that a model was trained on, counted as they come by; nothing without its profile."""

    def __init__(self, profile: Profile | None) -> None:
        self.profile = profile
        self.holders: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.statements = self.trained = self.longer = self.headings = 0
        self.models: Counter[str] = Counter()
        if profile:
            self._sources, self._known = profile.sources, {fold(name) for name in profile.holders}
            self._seen: dict[str, bool] = {}

    def add(self, block: Mapping[str, list[Any]]) -> None:
        size = len(block["text"])
        self.statements += size
        self.models.update(str(name) for name in block.get("model", ()) if name)
        if self.profile is None:
            return
        nothing = [None] * size
        for holder, actor in zip(block.get("holder", nothing), block.get("actor", nothing), strict=True):
            if (name := actor or holder) and name != NARRATOR and not self._met(holder, actor):
                self.holders[name] += 1
        self.languages.update(name for name in block.get("language", ()) if name and name not in self.profile.languages)
        self.headings += sum(kind == "heading" for kind in block.get("kind", ()))
        for text in map(str, block["text"]):
            self.longer += len(text) > self.profile.longest
            self.trained += self._sources.know(text)

    def _met(self, *names: str | None) -> bool:
        for name in filter(None, names):
            if name not in self._seen:
                self._seen[name] = fold(name) in self._known
            if self._seen[name]:
                return True
        return False

    @cached_property
    def facts(self) -> dict[str, Any]:
        if self.profile is None:
            return {}
        return {
            "unseen_holders": len(self.holders), "statements_of_unseen_holders": sum(self.holders.values()),
            "near_duplicates_of_training": self.trained, "languages_not_trained_on": dict(self.languages.most_common()),
            "headings": self.headings, "longer_than_any_trained_on": self.longer,
        }  # fmt: skip


def best_score(profile: Profile | None, task: str) -> TaskScore | None:
    """The score that says most of new coverage: purged before others, with the holder that segmentation finds, as labelling does."""
    found = [score for score in (profile.scores if profile else ()) if score.task == task and score.macro_f1 is not None]
    rank = {name: i for i, name in enumerate(_ORDER)}
    return min(found, key=lambda s: (rank.get(s.scheme, len(rank)), s.holder == "annotated"), default=None)


def claims_of(summary: "Summary") -> Claims:
    """Say what the figures of a summary may claim, from the labels and what they keep of their model."""
    profile, about, of = summary.source.profile, summary.source.about, summary.of
    score, novelty = best_score(profile, of), summary.novelty
    model = f"recipe {about['recipe']}, {about['digest'][:12]}" if about else ", ".join(sorted(novelty.models)) or "not named in the labels"
    first = f"Raw machine labels of '{of}' by one model ({model}); {_score(score, profile)}. {RAW}"
    labelled = summary.label >= 0
    n, doubtful = int(labelled.sum()), int((summary.doubtful & labelled).sum())
    probability = summary.probability[labelled & ~np.isnan(summary.probability)]
    mean = float(probability.mean()) if len(probability) else None
    holder, date = summary.dimensions["holder"], summary.dates
    told = holder.codes == (holder.values.index(NARRATOR) if NARRATOR in holder.values else -2)
    missing = {
        "statements": len(summary.label), "unlabelled": int((~labelled).sum()), "undated": int((labelled & (date.codes < 0)).sum()),
        "without_holder": int((labelled & (holder.codes < 0)).sum()), "of_the_narrator": int((labelled & told).sum()),
        "without_outlet": int((labelled & (summary.dimensions["outlet"].codes < 0)).sum()),
        "near_duplicates": summary.repeated, "doubtful": doubtful, "threshold": summary.threshold,
        "rejected_documents": summary.source.rejected,
    }  # fmt: skip
    shares = {label: int((summary.label == k).sum()) for k, label in enumerate(summary.labels)}
    what = (
        "the model's threshold, under which it abstains"
        if (about or {}).get("thresholds", {}).get(of) is not None
        else "no threshold of its own"
    )
    lines = [
        f"{doubtful:,} of {counted(n, 'statement')} ({_percent(doubtful, n)}) have a label of less than {summary.threshold:.2g} ({what})"
        + (f"; the mean probability is {mean:.2f}{_against(score)}." if mean is not None else "."),
        _missing(missing),
        *_far(profile, novelty, shares, n, of),
    ]
    facts = {
        "model": {name: about[name] for name in about if name != "training"} if about else {"names": sorted(novelty.models)},
        "score": score.model_dump() if score else None, **missing, "mean_probability": mean, "labels": shares,
        "labels_in_training": profile.labels.get(of) if profile else None, **novelty.facts,
    }  # fmt: skip
    return Claims(first, tuple(lines), facts)


def _score(score: TaskScore | None, profile: Profile | None) -> str:
    if score is None or score.macro_f1 is None:
        why = "it was trained without a run that scores it" if profile else "what it was trained on is not kept with it"
        return f"how well it does is not measured here: {why}"
    wide = "" if score.low is None or score.high is None else f" (95 % interval {max(score.low, 0):.2f} to {min(score.high, 1):.2f})"
    held = {"annotated": ", holders as annotated", "found": ", holders as found"}.get(score.holder, "")
    of = f"{score.n:,} statements of {score.articles:,} articles of the training data"
    return f"macro-F1 {score.macro_f1:.2f}{wide} by cross-validation ({score.scheme}{held}) on {of}, none on this coverage"


def _against(score: TaskScore | None) -> str:
    return "" if score is None or score.confidence is None else f", in cross-validation {score.confidence:.2f}"


def _missing(found: Mapping[str, Any]) -> str:
    parts = [
        f"{found['near_duplicates']:,} repeat an earlier statement; figures are given with them once and as often as printed",
        f"{found['undated']:,} have no date that begins as in 2025-10 and stand in no month",
        f"{found['of_the_narrator']:,} are the narrator's and {found['without_holder']:,} have no holder: these are no actor's",
    ]
    parts += [f"{found['unlabelled']:,} have no label and are not counted"] if found["unlabelled"] else []
    parts += [f"{counted(found['rejected_documents'], 'document')} could not be labelled"] if found["rejected_documents"] else []
    return f"Of {counted(found['statements'], 'statement')} {'; '.join(parts)}."


def _far(profile: Profile | None, novelty: Novelty, shares: Mapping[str, int], n: int, of: str) -> list[str]:
    """How far the statements are from those trained on."""
    if profile is None:
        return [
            "How far this coverage is from what the model was trained on is not known: it was made, or it labelled, before that was kept."
        ]
    trained = profile.labels.get(of, {})
    total = sum(trained.values())
    compared = ", ".join(
        f"{label} {_percent(count, n)} here and {_percent(trained.get(label, 0), total)} there" for label, count in shares.items()
    )
    facts = novelty.facts
    news = [f"{counted(facts['headings'], 'heading')}, of which there were none"] if facts["headings"] else []
    news += [f"{facts['longer_than_any_trained_on']:,} longer than any"] if facts["longer_than_any_trained_on"] else []
    if languages := facts["languages_not_trained_on"]:
        news.append("languages not met before: " + ", ".join(f"{name} ({count:,})" for name, count in languages.items()))
    unseen, said = facts["unseen_holders"], facts["statements_of_unseen_holders"]
    return [
        f"From the {counted(profile.statements, 'statement')} it was trained on: {counted(unseen, 'actor')} not met there "
        f"({counted(said, 'statement')}, {_percent(said, n)}); {facts['near_duplicates_of_training']:,} repeat one of them; {compared}; "
        + ("; ".join(news) if news else "no language or kind of text that was not met before")
        + "."
    ]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"
