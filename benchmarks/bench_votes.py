"""Does the mean predicted stance of a speaker tell how they voted? make bench-votes DATA=folder of the open data sets.

The debate on coal subsidies (Benoit et al. 2016), a speech left out at a time: the mean of P(favor) - P(against) over a speech's
sentences, and the mean crowd code beside it, ranked against the recorded vote. Figures are the area under the ROC curve; the
intervals are DeLong's (1988, doi:10.2307/2531595), since speakers are independent of one another where sentences are not.

Leaving a speech out shifts the class shares of what is trained on against that speech: without a speech in favour, training is
a little less in favour. What leans on those shares is ranked below chance by it, a constant model wholly so (the area of `majority` is
near 0, where it should be a half), and other models by as much as they lean on them. So each method has a second record, `centred`:
from each sentence's stance the mean annotated stance of the training rows of its fold is taken. That is right for a model that
follows the shares fully (of `majority` all speakers tie) and flatters one that ignores them, for then it is the subtraction that tells
the sides apart. The two records are ends between which the truth lies, not two estimates of it.
"""

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import norm

from stancekit.crossval import model_reads, out_of_fold
from stancekit.data.splits import Fold, split
from stancekit.experiment import fixed_threads, load_experiment, model_of, params_of
from stancekit.models.composite.inner_folds import read_texts
from stancekit.models.encoders.encode import encoding_cache

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "votes.json"
SIGNS = {"favor": 1, "against": -1}


def auc(positive: Sequence[float], negative: Sequence[float]) -> tuple[float, float]:
    """The area under the ROC curve and its standard error; ties count a half."""
    wins = (np.subtract.outer(positive, negative) > 0) + 0.5 * (np.subtract.outer(positive, negative) == 0)
    variance = wins.mean(axis=1).var(ddof=1) / len(positive) + wins.mean(axis=0).var(ddof=1) / len(negative)
    return float(wins.mean()), float(np.sqrt(variance))


def record(method: str, scores: Mapping[str, float], votes: Mapping[str, str]) -> dict[str, Any]:
    """The interval is taken on the logit, so that it stays within 0 and 1; none where the ranking is perfect."""
    known = {speech: score for speech, score in scores.items() if votes.get(speech) in ("for", "against")}
    sides = {side: [score for speech, score in known.items() if votes[speech] == side] for side in ("for", "against")}
    area, error = auc(sides["for"], sides["against"])
    low = high = None
    if 0 < area < 1:
        margin = norm.ppf(0.975) * error / (area * (1 - area))
        low, high = (float(1 / (1 + np.exp(-(np.log(area / (1 - area)) + sign * margin)))) for sign in (-1, 1))
    return {"scenario": "votes", "method": method, "auc": area, "low": low, "high": high,
            "n_for": len(sides["for"]), "n_against": len(sides["against"])}  # fmt: skip


def priors(labels: Sequence[str], folds: Sequence[Fold]) -> dict[str, float]:
    """Fold → mean stance of its training rows, from -1 (all against) to 1; `labels` (n,) are of all rows."""
    return {fold.name: float(np.mean([SIGNS.get(labels[i], 0) for i in fold.train])) for fold in folds}


def by_speech(speeches: Sequence[str], stances: Sequence[float]) -> dict[str, float]:
    """Speech → mean stance of its sentences; both are (n,)."""
    said: dict[str, list[float]] = defaultdict(list)
    for speech, stance in zip(speeches, stances, strict=True):
        said[speech].append(stance)
    return {speech: float(np.mean(own)) for speech, own in said.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder csta_coal_debate")
    data = parser.parse_args().data
    speeches = list(csv.DictReader((data / "speeches.csv").open(encoding="utf-8", newline="")))
    votes = {row["speech"]: row["final_vote"] for row in speeches}
    experiment = load_experiment(ROOT / "experiments" / "benchmarks" / "coal_debate.yaml", data)
    crowd = {row["speech"]: float(row["crowd_mean"]) for row in speeches if row["crowd_mean"]}
    records = [record("crowd", crowd, votes)]
    with fixed_threads(experiment.config.threads), encoding_cache():
        for name, recipe in experiment.config.recipes.items():
            params = params_of(recipe, experiment.config.seed, experiment.codebook.input)
            dataset, kind = experiment.dataset, model_of(recipe)
            [predictions] = out_of_fold(dataset, name, kind, params, "groups")[0]
            favor, against = predictions.labels.index("favor"), predictions.labels.index("against")
            stances = predictions.proba[:, favor] - predictions.proba[:, against]
            records.append(record(name, by_speech(dataset.article_ids, stances.tolist()), votes))
            folds = split(dataset, "groups", read_texts(model_reads(kind, params)))
            shares = priors(dataset.labels(predictions.task), folds)
            centred = stances - np.array([shares[fold] for fold in predictions.folds])
            # Rounded, since what differs in the last bits alone is a tie.
            records.append(record(f"{name}, centred", by_speech(dataset.article_ids, np.round(centred, 12).tolist()), votes))
    for found in records:
        interval = f"[{found['low']:.2f}, {found['high']:.2f}]" if found["low"] is not None else "no interval"
        print(f"{found['method']:30} AUC {found['auc']:.3f} {interval}   {found['n_for']} for, {found['n_against']} against")
    RESULTS.write_text(json.dumps(records, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
