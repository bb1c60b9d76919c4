"""Write a run's report: the page, the Markdown and every figure as PNG and SVG."""

from pathlib import Path

from stancekit.files import write_atomic
from stancekit.report.load import load_run
from stancekit.report.markdown import to_markdown
from stancekit.report.page import to_html
from stancekit.report.sections import build


def write_report(run_dir: Path) -> Path:
    """Write `report/index.html`, `report/report.md` and `report/figures/` into a finished run directory.

    The same run gives the same bytes. Returns the path of the page.

    Raises
    ------
    InputError : the directory holds no finished run, or a file of it breaks its contract.
    MissingError : matplotlib is not installed.
    RefusedError : the directory cannot be written.
    """
    from stancekit.plots import FIGURES, pictures
    from stancekit.plots.style import to_png, to_svg

    run = load_run(run_dir)
    drawn = {figure: pictures(figure, run.metrics) for figure in FIGURES}
    report = build(run, drawn)
    folder = run_dir / "report"
    drawings: dict[str, bytes] = {}
    for picture in (p for several in drawn.values() for p in several):
        drawings[picture.name] = to_svg(picture)
        write_atomic(folder / "figures" / f"{picture.name}.svg", drawings[picture.name])
        write_atomic(folder / "figures" / f"{picture.name}.png", to_png(picture))
    _drop_stale(folder / "figures", set(drawings))
    write_atomic(folder / "report.md", to_markdown(report))
    write_atomic(folder / "index.html", to_html(report, drawings))
    return folder / "index.html"


def _drop_stale(folder: Path, names: set[str]) -> None:
    """Figures of an earlier run in the same directory would look like this one's."""
    for path in folder.glob("*.*"):
        if path.suffix in (".png", ".svg") and path.stem not in names:
            path.unlink()
