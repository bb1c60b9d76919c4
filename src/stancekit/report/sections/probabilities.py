"""Calibration, and accuracy of the most certain labels."""

from collections.abc import Sequence

from stancekit.report import view
from stancekit.report.blocks import Block, Cell, Folded, Table
from stancekit.report.sections.tables import NO_PROBABILITIES, SHOWN, basis, interval, named, ordered
from stancekit.report.view import Metrics, Score
from stancekit.report.wording import number, percent

SHARES = (0.25, 0.5, 0.75, 1.0)


def coverage_table(metrics: Metrics, task: str, scheme: str) -> Table:
    """Tabulate the accuracy of the most certain labels."""
    lines = tuple((_name(metrics, s), *_at_shares(s)) for s in ordered(metrics, task, scheme))
    columns = ("model", *(f"most certain {percent(round(100 * share), 100)}" if share < 1 else "all" for share in SHARES))
    return Table(f"{task}, {scheme}: accuracy of the most certain labels", basis(metrics, scheme), columns, lines)


def kept_tables(metrics: Metrics, task: str, scheme: str) -> list[Table]:
    """Tabulate the labels kept by models that abstain; nothing where none does."""
    lines = tuple(
        (
            _name(metrics, s), Cell(percent(round(1000 * s["kept"]["share"]), 1000), f"n = {', '.join(map(str, s['kept']['n']))}"),
            interval(s["kept"]["accuracy"]), interval(s["accuracy"]), interval(s["kept"]["macro_f1"]),
        )
        for s in ordered(metrics, task, scheme)
        if s.get("kept")
    )  # fmt: skip
    columns = ("model", "kept", "accuracy of the kept", "of all", "macro-F1 of the kept")
    return [Table(f"{task}, {scheme}: the labels that models stand by", basis(metrics, scheme), columns, lines)] if lines else []


def bins_tables(metrics: Metrics, task: str, scheme: str) -> list[Block]:
    """Tabulate the reliability diagram: of the model that the figure shows, and folded of the others."""
    shown = [s["recipe"] for s in view.ranked(metrics, task, scheme)[:1]]
    known = [s for s in ordered(metrics, task, scheme) if s.get("probabilities")]
    first = [_bins(s) for s in known if s["recipe"] in shown and s["holder"] != "found"]
    rest = tuple(_bins(s) for s in known if s["recipe"] not in shown or s["holder"] == "found")
    return [*first, *([Folded(f"{task}: the same of every other model", rest)] if rest else [])]


def _name(metrics: Metrics, score: Score) -> Cell:
    return named(score["recipe"], score["holder"], baseline=score["recipe"] in metrics["baselines"])


def _at_shares(score: Score) -> Sequence[Cell]:
    curve = score.get("coverage")
    if not curve:
        return [NO_PROBABILITIES] * len(SHARES)
    nearest = [min(range(len(curve["n"])), key=lambda i: abs(curve["n"][i] - share * score["n"])) for share in SHARES]
    return [Cell(number(curve["accuracy"][i]), f"n = {curve['n'][i]}") for i in nearest]


def _bins(score: Score) -> Table:
    lines = tuple(
        (f"{number(b['low'], 1)} to {number(b['high'], 1)}", str(b["n"]), number(b["confidence"]), number(b["accuracy"]))
        for b in score["probabilities"]["bins"]
    )
    who = f", {SHOWN[score['holder']]}" if SHOWN[score["holder"]] else ""
    seeds = len(score["seeds"])
    n = f"n = {score['n']}" + (f", each once a seed: {seeds} seeds" if seeds > 1 else "")
    return Table(
        f"{score['task']}, {score['scheme']}: how often labels of {score['recipe']}{who} are right",
        n,
        ("probability", "n", "mean", "share right"),
        lines,
    )


def knows(metrics: Metrics) -> bool:
    """Whether the run has any of these figures."""
    return any(s.get("probabilities") for s in view.scores(metrics))
