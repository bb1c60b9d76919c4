"""Write a summary into a folder: tables, statements, the page and its figures."""

import json
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from stancekit.errors import InputError
from stancekit.io.atomic import replacing, write_atomic, writing
from stancekit.io.files import BOM, parse_object, read_text, to_csv, to_json
from stancekit.io.output_folder import Kind, output_folder, sha256_of_file
from stancekit.labelling.sheet import Sheet
from stancekit.pages.standings import standings_page
from stancekit.summary.encode import Encoder
from stancekit.summary.source import Block
from stancekit.summary.summarise import Summary, values_of

SUMMARY = "summary.json"
PAGE = "index.html"
STATEMENTS = "statements.csv"
MOST_ROWS = 20_000
"""A table of more rows is not in the workbook, which would take longer than all the rest."""
_ASIDE = ("id", "article_id", "date", "outlet", "title", "url", "text")
Say = Callable[[str], object]


def _made(folder: Path) -> dict[str, str | None]:
    try:
        found = parse_object(read_text(folder / SUMMARY), folder / SUMMARY)
    except InputError:
        return {}
    files = found.get("files")
    return {SUMMARY: None, **files} if isinstance(files, dict) and "claims" in found else {}


FOLDER = Kind("summarise", (SUMMARY,), _made)


def write_summary(
    summary: Summary, out: str | Path, *, title: str = "", note: str = "", overwrite: bool = False, say: Say = lambda _: None
) -> list[Path]:
    """Write `summary.json`, `tables/` (CSV, JSON), `tables.xlsx`, `statements.csv`, `index.html` and `figures/` (PNG, SVG).

    Parameters
    ----------
    title, note : of the page; the note stands above everything, as where the coverage is invented.
    overwrite : whether an earlier result is replaced that was changed, or stands beside other files.
    say : told what is left out: the workbook without openpyxl, the figures without matplotlib, text beyond what a page holds.

    Returns
    -------
    The paths of the page, the tables and the statements.

    Raises
    ------
    RefusedError : The folder holds something else, or can't be written.
    """
    out = Path(out)
    with output_folder(out, FOLDER, overwrite=overwrite, notice=say) as folder:
        new, claims = folder.new, summary.claims
        for name, rows in summary.tables.items():
            columns = list(rows[0]) if rows else [*name.split("_by_")]
            write_atomic(new / "tables" / f"{name}.csv", BOM + to_csv(rows, columns))
            lines = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows)
            head = json.dumps([claims.first, *claims.lines], ensure_ascii=False)
            write_atomic(new / "tables" / f"{name}.json", f'{{"claims": {head},\n"rows": [\n{lines}\n]}}\n')
        _workbook(summary, new / "tables.xlsx", say)
        encoder = Encoder(summary)
        with writing(new / STATEMENTS) as write:
            write(BOM + to_csv([], statement_columns(summary)))
            for rows in statements(summary):
                write(to_csv(rows, statement_columns(summary), header=False))
                encoder.add(rows)
        if encoder.left_out:
            say(f"{PAGE}: the text of {encoder.left_out:,} statements found no room; it is in {STATEMENTS}; they are counted there")
        heading = title or f"Who stands where: {summary.of}"
        page = standings_page(encoder.data(aside=STATEMENTS), title=heading, note=note, claims=[claims.first, *claims.lines])
        write_atomic(new / PAGE, page)
        _figures(summary, new / "figures", say)
        files = {p.relative_to(new).as_posix(): sha256_of_file(p) for p in sorted(new.rglob("*")) if not p.is_dir()}
        about = {"claims": [claims.first, *claims.lines], "of": summary.of, "labels": list(summary.labels), "by": list(summary.by)}
        events = [event.model_dump() for event in summary.events]
        write_atomic(new / SUMMARY, to_json(about | {"facts": claims.facts, "events": events, "files": files}))
        folder.commit()
    return [out / PAGE, out / "tables", out / STATEMENTS]


def statement_columns(summary: Summary) -> list[str]:
    """The columns of `statements.csv`; `repeats` is the id of the first of its group of near-duplicates, empty for that itself."""
    by = [name for name in summary.by if name not in _ASIDE]
    named = ["holder", *summary.source.tasks, "probability", "doubtful", *by, "repeats"]
    return list(dict.fromkeys([*_ASIDE, *named]))


def statements(summary: Summary) -> Iterator[list[dict[str, Any]]]:
    """Yield all statements, some at a time, with what they repeat."""
    ids: list[str] = []
    for block in summary.source.blocks(["id"] if "id" in summary.source.columns else []):
        ids += map(str, block.get("id", ()))
    start, columns = 0, [name for name in statement_columns(summary) if name not in ("probability", "doubtful", "repeats")]
    for block in summary.source.blocks(summary.needed):
        size = len(block["text"])
        values = {name: _values(block, name, size) for name in columns}
        rows = []
        for i in range(size):
            k = start + i
            row: dict[str, Any] = {name: found[i] for name, found in values.items()}
            row["id"] = row["id"] if row["id"] is not None else str(k + 1)
            own, first = float(summary.probability[k]), int(summary.first[k])
            row |= {"probability": None if own != own else own, "doubtful": bool(summary.doubtful[k])}
            row["repeats"] = None if first == k else ids[first] if ids else str(first + 1)
            rows.append(row)
        start += size
        yield rows


def _values(block: Block, name: str, size: int) -> Sequence[Any]:
    return block.get(name, [None] * size) if name == "date" else values_of(block, name, size)


def _workbook(summary: Summary, path: Path, say: Say) -> None:
    if find_spec("openpyxl") is None:
        say("tables.xlsx: is not written without openpyxl; install it with: pip install 'stancekit[office]'")
        return
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    about = Sheet(["what these figures may claim"], "claims", book)
    about.write([{"what these figures may claim": line} for line in (summary.claims.first, *summary.claims.lines)])
    for name, rows in summary.tables.items():
        if len(rows) > MOST_ROWS:
            say(f"tables.xlsx: is without {name}, which has {len(rows):,} rows; it is in tables/{name}.csv")
        elif rows:
            Sheet(list(rows[0]), name[:31], book).write(rows)
    with replacing(path) as file:
        book.save(file)


def _figures(summary: Summary, folder: Path, say: Say) -> None:
    if find_spec("matplotlib") is None:
        say("figures: are not drawn without matplotlib; install it with: pip install 'stancekit[plots]'")
        return
    from stancekit.report.figures.style import to_png, to_svg
    from stancekit.summary.figures import draw

    for picture in draw(summary):
        write_atomic(folder / f"{picture.name}.svg", to_svg(picture))
        write_atomic(folder / f"{picture.name}.png", to_png(picture))
