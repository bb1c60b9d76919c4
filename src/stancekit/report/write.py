"""Write a run's report: the page, the Markdown and every figure as PNG and SVG."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from stancekit.errors import InputError
from stancekit.io.atomic import write_atomic
from stancekit.io.moves import refuse_links
from stancekit.report.html import to_html
from stancekit.report.load import load_run
from stancekit.report.markdown import to_markdown
from stancekit.report.sections.build import build


def write_report(run_dir: str | Path) -> Path:
    """Write `report/index.html`, `report/report.md` and `report/figures/` into a finished run directory; no figures without matplotlib.

    The same run gives the same bytes. Everything is made before anything is written: where it fails, an earlier report is left
    as it was.

    Parameters
    ----------
    run_dir : a folder that `stancekit run` has finished.

    Returns
    -------
    The path of the page.

    Raises
    ------
    InputError : the directory holds no finished run, or a file of it breaks its contract.
    RefusedError : the directory cannot be written, or a link in it would be written through.
    """
    from stancekit.report.figures import FIGURES, can_draw, pictures

    drawable = FIGURES if can_draw() else {}
    if drawable:
        from stancekit.report.figures.style import to_png, to_svg
    run_dir = Path(run_dir)
    run = load_run(run_dir)
    files: dict[str, str | bytes] = {}
    with _sound(run_dir / "metrics.json"):
        drawn = {figure: pictures(figure, run.metrics) for figure in drawable}
        report = build(run, drawn)
        drawings = {picture.name: to_svg(picture) for several in drawn.values() for picture in several}
        for picture in (p for several in drawn.values() for p in several):
            files[f"figures/{picture.name}.svg"] = drawings[picture.name]
            files[f"figures/{picture.name}.png"] = to_png(picture)
        files |= {"report.md": to_markdown(report), "index.html": to_html(report, drawings)}
    folder = run_dir / "report"
    for name in files:
        refuse_links(run_dir, f"report/{name}", run_dir)
    for name, content in files.items():
        write_atomic(folder / name, content)
    _drop_stale(folder / "figures", set(drawings), run.metrics["tasks"])
    return folder / "index.html"


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """Report as the file's fault what the checks on reading let through and no report can be made of."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise InputError(path, f"is damaged: no report can be made of it ({type(error).__name__}: {error})") from error


def _drop_stale(folder: Path, names: set[str], tasks: Iterable[str]) -> None:
    """Remove figures of an earlier report, which would look like this one's. Other files are somebody's own."""
    from stancekit.report.figures import names_figure

    for path in folder.glob("*.*"):
        if path.suffix in (".png", ".svg") and path.stem not in names and names_figure(path.stem, tasks):
            path.unlink()
