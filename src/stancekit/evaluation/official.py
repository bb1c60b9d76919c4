"""The metrics of public benchmarks, as their authors define them."""

from collections.abc import Collection, Sequence

import numpy as np

from stancekit.evaluation import metrics


def f1_mean(gold: Sequence[str], predicted: Sequence[str], labels: Collection[str]) -> float:
    """The mean F1 of the named labels over pooled predictions; others count as errors only.

    With the labels `favor` and `against` it is F_avg of SemEval-2016 task 6: predictions for all targets are pooled before
    F1 is taken (Mohammad et al. 2016, SemEval-2016 Task 6: Detecting Stance in Tweets, aclanthology.org/S16-1003). With all
    labels it is macro-F1.

    Parameters
    ----------
    gold, predicted : (n,) labels. labels : those whose F1 are averaged.

    Returns
    -------
    `nan` where one of them neither occurs nor is predicted, for then it has no F1.
    """
    names = list(dict.fromkeys([*labels, *gold, *predicted]))
    number = {name: k for k, name in enumerate(names)}
    truth, said = (np.array([number[name] for name in column], dtype=np.int64) for column in (gold, predicted))
    found = metrics.f1(metrics.confusion(truth, said, len(names)))
    return float(found[[number[name] for name in labels]].mean())
