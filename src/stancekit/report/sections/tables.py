"""The tables of scores: what is in `metrics.json`, written out."""

from collections.abc import Callable, Mapping
from typing import Any

from stancekit.report import view
from stancekit.report.blocks import Cell, Table
from stancekit.report.view import Counts, Metrics, Score
from stancekit.report.wording import DASH, listed, number, percent, plural

NOT_RUN = Cell(DASH, "not run")
NO_PROBABILITIES = Cell(DASH, "labels only, no probabilities")
MANY = 12
"""At most this many articles have a column each; of more a table says how many there are."""
SHOWN = {"none": "", "annotated": "annotated holder", "found": "found holder"}


def basis(metrics: Metrics, scheme: str = "") -> str:
    """Say what the figures of a scheme rest on, or without one the whole data."""
    found = view.scores(metrics, scheme=scheme) if scheme else []
    n = f"n = {plural(found[0]['n'] if found else metrics['n'], 'statement')}"
    if view.unit(metrics) == "statement":
        return n
    return f"{n}, {view.witnesses(metrics, scheme) if scheme else plural(len(metrics['articles']), view.unit(metrics))}"


def named(recipe: str, holder: str, *, baseline: bool = False) -> Cell:
    """Name the recipe, and which holder it was shown."""
    return Cell(recipe, ", ".join(part for part in ("baseline" if baseline else "", SHOWN[holder]) if part))


def official_name(metrics: Metrics) -> str:
    """Name the data set's own metric."""
    return f"mean F1 of {listed(metrics['official'])}" if metrics.get("official") else "macro-F1"


def interval(value: Mapping[str, Any]) -> Cell:
    """Write the point with its interval under it, or the reason for what is undefined."""
    if value["low"] is None:
        return Cell(number(value["point"]), value["note"] or "no interval")
    return Cell(number(value["point"]), f"{number(value['low'])} to {number(value['high'])}")


def ordered(metrics: Metrics, task: str, scheme: str) -> list[Score]:
    """Order scores as the figures do: models, then baselines; the annotated holder before the one found."""
    return [s for recipe in view.in_order(metrics) for s in view.scores(metrics, task=task, scheme=scheme, recipe=recipe)]


def main_table(metrics: Metrics, task: str, scheme: str) -> Table:
    """Tabulate every figure of every recipe on a task under one scheme: the data set's own first, those of probabilities last."""
    chosen = ordered(metrics, task, scheme)
    figures: list[tuple[str, Callable[[Score], Cell]]] = [
        ("macro-F1", lambda s: interval(s["macro_f1"])),
        ("accuracy", lambda s: interval(s["accuracy"])),
        ("log-loss", _log_loss),
    ]
    if any(s["unlearnable"] for s in chosen):
        figures.insert(1, ("macro-F1, learnable classes", lambda s: interval(s["macro_f1_learnable"])))
    if any(s.get("official") for s in chosen):
        figures.insert(0, (official_name(metrics), lambda s: interval(s["official"])))
    if any("probabilities" in s for s in chosen):
        figures += [("Brier score", lambda s: _of_probabilities(s, "brier")), ("ECE", _ece)]
    lines = [
        (named(s["recipe"], s["holder"], baseline=s["recipe"] in metrics["baselines"]), *(cell(s) for _, cell in figures), _n(s))
        for s in chosen
    ]
    level = chosen[0]["macro_f1"]["level"]
    columns = ("model", *(name for name, _ in figures), "n")
    caption = f"{task}, {scheme}: points with {percent(round(100 * level), 100)} intervals"
    return Table(caption, basis(metrics, scheme), columns, tuple(lines))


def _log_loss(score: Score) -> Cell:
    if score["log_loss"] is None:
        return NO_PROBABILITIES
    return Cell(number(score["log_loss"]), f"{score['clipped']} clipped")


def _of_probabilities(score: Score, figure: str) -> Cell:
    found = score.get("probabilities")
    return Cell(number(found[figure])) if found else NO_PROBABILITIES


def _ece(score: Score) -> Cell:
    found = score.get("probabilities")
    return Cell(number(found["ece"]), f"{number(found['ece_if_calibrated'])} if true") if found else NO_PROBABILITIES


def _n(score: Score) -> Cell:
    """Statements, and where there are several seeds the macro-F1 of each."""
    seeds = len(score["seeds"])
    spread = f"{seeds} seeds: {', '.join(number(value) for value in score['by_seed'])}"
    return Cell(str(score["n"]), spread if seeds > 1 else "")


def schemes_table(metrics: Metrics, task: str) -> Table:
    """Tabulate macro-F1 under every scheme, and the effect of duplicates left in training where that was tried."""
    schemes, clean = list(metrics["schemes"]), view.clean_scheme(metrics)
    found = {(s["recipe"], s["holder"], s["scheme"]): s for s in view.scores(metrics, task=task)}
    keys = dict.fromkeys((s["recipe"], s["holder"]) for scheme in schemes for s in ordered(metrics, task, scheme))
    gains = [f"unpurged minus {clean}"] if {clean, "unpurged"} <= set(schemes) else []
    lines = []
    for recipe, holder in keys:
        here = [found.get((recipe, holder, scheme)) for scheme in schemes]
        gained = [_gain(found, recipe, holder, clean) for _ in gains]
        lines.append((named(recipe, holder), *gained, *(_scheme_cell(s) if s else NOT_RUN for s in here)))
    return Table(f"{task}: macro-F1 under each scheme", basis(metrics, schemes[0]), ("model", *gains, *schemes), tuple(lines))


def _scheme_cell(score: Score) -> Cell:
    cell = interval(score["macro_f1"])
    seeds = len(score["seeds"])
    return Cell(cell.text, "; ".join(part for part in (cell.note, plural(seeds, "seed") if seeds > 1 else "") if part))


def _gain(found: Mapping[tuple[str, str, str], Score], recipe: str, holder: str, clean: str) -> Cell:
    both = [found.get((recipe, holder, scheme)) for scheme in ("unpurged", clean)]
    if both[0] is None or both[1] is None:
        return NOT_RUN
    left, right = (s["macro_f1"]["point"] for s in both if s)
    if left is None or right is None:
        return Cell(DASH, "undefined under one of them")
    return Cell(signed(left - right))


def signed(value: float) -> str:
    text = number(value)
    return f"+{text}" if value > 0 and text != number(0) else text


def holder_table(metrics: Metrics, scheme: str) -> Table:
    """Tabulate what reads the holder, scored with the annotated one and with the one found."""
    lines = []
    for task in metrics["tasks"]:
        by = {(s["recipe"], s["holder"]): s["macro_f1"] for s in ordered(metrics, task, scheme)}
        for recipe, holder in by:
            if holder == "annotated" and (recipe, "found") in by:
                annotated, found = by[recipe, "annotated"], by[recipe, "found"]
                known = annotated["point"] is not None and found["point"] is not None
                change = signed(found["point"] - annotated["point"]) if known else Cell(DASH, "undefined with one of them")
                lines.append((task, recipe, interval(annotated), interval(found), change))
    columns = ("task", "model", "annotated holder", "found holder", "found minus annotated")
    return Table(f"Macro-F1 with either holder, {scheme}", basis(metrics, scheme), columns, tuple(lines))


def f1_table(metrics: Metrics, task: str, scheme: str) -> Table:
    """Tabulate F1 of each label, a column a recipe."""
    chosen = [s for s in ordered(metrics, task, scheme) if s["holder"] != "found"]
    lines = [
        (of_label[0]["label"], str(of_label[0]["n"]), *(Cell(number(c["f1"]), _why_f1(c["f1"])) for c in of_label))
        for of_label in zip(*(s["classes"] for s in chosen), strict=True)
    ]
    columns = ("label", "n", *(s["recipe"] for s in chosen))
    return Table(f"{task}: F1 of each label, {scheme}", basis(metrics, scheme), columns, tuple(lines))


def class_table(metrics: Metrics, task: str, scheme: str) -> Table:
    """Tabulate precision, recall and F1 of each label and recipe."""
    lines = [
        (
            named(s["recipe"], s["holder"]), c["label"], str(c["n"]),
            Cell(number(c["precision"]), "" if c["precision"] is not None else "never predicted"),
            Cell(number(c["recall"]), "" if c["recall"] is not None else "no such statement"),
            Cell(number(c["f1"]), _why_f1(c["f1"])),
        )
        for s in ordered(metrics, task, scheme) for c in s["classes"]
    ]  # fmt: skip
    return Table(
        f"{task}: every label, {scheme}", basis(metrics, scheme), ("model", "label", "n", "precision", "recall", "F1"), tuple(lines)
    )


def _why_f1(value: float | None) -> str:
    return "" if value is not None else "neither annotated nor predicted"


def confusion_table(score: Score) -> Table:
    """Tabulate confusions, counts with shares of the row; rows are annotated labels."""
    labels = score["labels"]
    lines = []
    for label, row in zip(labels, score["confusion"], strict=True):
        total = sum(row)
        shares = (Cell(f"{count} ({percent(count, total)})") if total else Cell(str(count)) for count in row)
        lines.append((label, *shares, str(total) if total else Cell("0", "no such statement")))
    seeds = len(score["seeds"])
    n = f"n = {plural(score['n'], 'statement')}" + (f", each once a seed: {seeds} seeds added up" if seeds > 1 else "")
    columns = ("annotated", *(f"predicted {label}" for label in labels), "all")
    return Table(f"{score['task']}: confusions of {score['recipe']}, {score['scheme']}", n, columns, tuple(lines))


def counts_table(caption: str, what: str, counts: Counts, n: str) -> Table:
    lines = tuple((name, *map(str, row), str(sum(row))) for name, row in zip(counts.names, counts.counts, strict=True))
    return Table(caption, n, (what, *counts.labels, "all"), lines)


def homes_table(metrics: Metrics, task: str) -> Table:
    """Tabulate where each label occurs: statements in each article, or of many articles how many have it and the most in one."""
    articles, unit = list(metrics["articles"]), view.unit(metrics)
    caption = f"{task}: statements of each label in each {unit}"
    if len(articles) > MANY:
        spread = tuple(
            (label, str(len(homes)), f"{max(homes.values(), default=0)}", str(sum(homes.values())))
            for label, homes in metrics["homes"][task].items()
        )
        return Table(caption, basis(metrics), ("label", f"{unit}s that have it", f"most in one {unit}", "all"), spread)
    lines = tuple(
        (label, *(str(homes.get(a, 0)) for a in articles), str(sum(homes.values()))) for label, homes in metrics["homes"][task].items()
    )
    return Table(caption, basis(metrics), ("label", *articles, "all"), lines)
