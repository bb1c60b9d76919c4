"""Does the mean predicted stance of a speaker tell how they voted? make bench-votes DATA=folder of the open data sets.

The debate on coal subsidies (Benoit et al. 2016), a speech left out at a time: the mean of P(favor) - P(against) over a speech's
sentences, and the mean crowd code beside it, ranked against the recorded vote. Figures are the area under the ROC curve; the
intervals are DeLong's (1988, doi:10.2307/2531595), since speakers are independent of one another where sentences are not.
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

from stancekit.crossval import out_of_fold
from stancekit.experiment import fixed_threads, load_experiment, model_of, params_of
from stancekit.models.encoder import encoding_cache

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "votes.json"


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
            [predictions] = out_of_fold(experiment.dataset, name, model_of(recipe), params, "groups")[0]
            said: dict[str, list[float]] = defaultdict(list)
            favor, against = predictions.labels.index("favor"), predictions.labels.index("against")
            for speech, proba in zip(experiment.dataset.article_ids, predictions.proba, strict=True):
                said[speech].append(float(proba[favor] - proba[against]))
            records.append(record(name, {speech: float(np.mean(scores)) for speech, scores in said.items()}, votes))
    for found in records:
        interval = f"[{found['low']:.2f}, {found['high']:.2f}]" if found["low"] is not None else "no interval"
        print(f"{found['method']:20} AUC {found['auc']:.3f} {interval}   {found['n_for']} for, {found['n_against']} against")
    RESULTS.write_text(json.dumps(records, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
