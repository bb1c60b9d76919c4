"""Commands over experiments: run, train, report, recipes."""

from pathlib import Path
from typing import Annotated, Any

import typer

from stancekit.cli.declared import Fills, Renews, Within, command
from stancekit.cli.shared import ExperimentFile, Out, Overwrite, app, say, tell

DataFolder = Annotated[
    Path | None,
    typer.Option("--data", help="The folder in which the config's data lie; beside the config without it.", show_default=False),
    Within(),
]


@command(app)
def run(
    experiment: ExperimentFile,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Run folder; build/NAME without it.", show_default=False), Fills()] = None,
    data: DataFolder = None,
    overwrite: Overwrite = False,
) -> None:
    """Cross-validate the recipes of an experiment, score them, train them on everything, write the report."""
    from stancekit.experiment import load_experiment
    from stancekit.experiment import run as run_experiment

    loaded = load_experiment(experiment, data)
    folder = out or Path("build") / loaded.config.name
    metrics = run_experiment(loaded, folder, overwrite=overwrite, progress=say, finish=_report)
    from stancekit.report.terminal import summary

    tell(summary(metrics))
    tell(f"metrics      {folder / 'metrics.json'}\npredictions  {folder / 'predictions'}\nmodels       {folder / 'models'}")
    tell(f"report       {folder / 'report' / 'index.html'}")


@command(app)
def report(folder: Annotated[Path, typer.Argument(help="A finished run folder.", show_default=False), Renews()]) -> None:
    """Write the report of a finished run again."""
    from stancekit.io.output_folder import locked
    from stancekit.report.load import load_run

    load_run(folder)  # what is no run is said before anything is locked
    with locked(folder, "report", say):
        _report(folder)
        tell(str(folder / "report" / "index.html"))


@command(app)
def train(
    experiment: ExperimentFile,
    out: Out,
    recipe: Annotated[
        str | None, typer.Option("--recipe", help="Which recipe; the config's default without it.", show_default=False)
    ] = None,
    data: DataFolder = None,
    overwrite: Overwrite = False,
) -> None:
    """Train one recipe of an experiment on everything and save the model."""
    from stancekit.experiment import load_experiment
    from stancekit.experiment import train as train_recipe

    loaded = load_experiment(experiment, data)
    name = recipe or loaded.config.default_name
    train_recipe(loaded, name, out, overwrite=overwrite, notice=say)
    tell(f"model        {out}")


@command(app)
def recipes(name: Annotated[str | None, typer.Argument(help="The recipe to print as YAML.", show_default=False)] = None) -> None:
    """List the recipes that ship with the package, or print one as YAML to paste under `recipes:` of an experiment.

    An experiment takes one unchanged, `mine: default`, or changes it, `mine: {recipe: default, params: {weights: {who: 1}}}`:
    mappings merge by key, anything else is replaced.

    Examples: `stancekit recipes`, `stancekit recipes default`.
    """
    from textwrap import indent

    import yaml

    from stancekit.errors import InputError, nearest
    from stancekit.experiment.config import Recipe
    from stancekit.experiment.recipes import reads_of
    from stancekit.experiment.resolve import PACKAGED
    from stancekit.io.strict_yaml import load

    def shown(part: dict[str, Any]) -> str:
        return str(yaml.safe_dump(part, default_flow_style=None, sort_keys=False, width=100)).rstrip()

    known = load(PACKAGED).data
    if name is not None and name not in known:
        raise InputError("NAME", f"no packaged recipe is called '{name}'{nearest(name, known)}", known)
    if name is not None:
        tell(shown({name: known[name]}))
        return
    tell(f"{'RECIPE':<21}{'MODEL':<13}READS")
    for packaged, entry in known.items():
        tell(f"{packaged:<21}{entry['model']:<13}{', '.join(reads_of(Recipe(**entry), '{text}')) or 'the labels alone'}")
        if rest := {key: value for key, value in entry.items() if key != "model"}:
            tell(indent(shown(rest), "  "))


def _report(folder: Path) -> None:
    from stancekit.report import write_report
    from stancekit.report.figures import NO_FIGURES, can_draw

    say("drawing the report" if can_draw() else f"writing the report without figures: {NO_FIGURES}")
    write_report(folder)
