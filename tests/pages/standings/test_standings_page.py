"""The page "Who stands where", in headless Chromium: filters, the link, statements behind a mark, near-duplicates, keys, contrast."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chromium import CONTRAST, names_of, noting_faults, running_browser  # noqa: F401 - a fixture
from counted_rows import press, row
from stancekit import Codebook, Summary, load_codebook, summarise
from stancekit.summary import encode
from stancekit.summary.events import Event
from stancekit.summary.write import write_summary

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[3]
DESK = {"width": 1280, "height": 900}
EVENTS = [Event(date="2020-04-12", event="A plan is published"), Event(date="2020-06", event="A ballot closes")]


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook(ROOT / "annotations" / "codebook.yaml")


@pytest.fixture(scope="module")
def summary(book: Codebook) -> Summary:
    return summarise(press(900, 22), codebook=book, events=EVENTS)


@pytest.fixture(scope="module")
def made(summary: Summary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_summary(summary, tmp_path_factory.mktemp("made"), note="Made-up statements", title="Who stands <b>where</b>")[0]


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """`visit(page_file, hash)`: a page, on which nothing may go wrong."""
    opened: list[tuple[Any, list[str]]] = []

    def new(path: Path, place: str = "", **options: Any) -> Any:
        page = browser.new_context(**{"viewport": DESK} | options).new_page()
        opened.append((page, noting_faults(page)))
        page.goto(path.as_uri() + place)
        return page

    yield new
    for page, _ in opened:
        page.context.close()
    assert [fault for _, faults in opened for fault in faults] == []


def figures(page: Any, table: str) -> dict[str, list[str]]:
    """First words of each row → the figures in it."""
    return page.eval_on_selector_all(  # type: ignore[no-any-return]
        f"#{table} tbody tr",
        "rows => Object.fromEntries(rows.map((r) => [r.cells[0].firstChild.textContent, [...r.cells].slice(1).map((c) => "
        "(c.querySelector('.mark, .zero') ?? c).firstChild?.textContent ?? '')]))",
    )


@pytest.mark.parametrize("way", ["once", "printed"])
def test_every_figure_is_that_of_the_tables(visit: Any, summary: Summary, made: Path, way: str) -> None:
    page, column, n = visit(made, "#actors=all"), *(("statements_once", "n_once") if way == "once" else ("statements", "n"))
    page.click(f"label:has(#count-{way})")
    wanted: dict[str, dict[str, int]] = {}
    for line in summary.table("holder"):
        wanted.setdefault(line["holder"] or "no holder", {"n": line[n]})[line["stance"]] = line[column] or 0
    shown = figures(page, "actor-bars")
    for name, counts in wanted.items():
        assert list(map(int, shown[name])) == [counts["oppose"], counts["support"], counts["neutral"], counts["n"]], name
    cells = figures(page, "by-month")
    heads = page.eval_on_selector_all("#by-month thead th", "all => all.slice(1).map((th) => th.textContent)")
    assert heads[2] == "Mar 2020"
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    there = {(line["holder"], line["month"]): line[n] for line in summary.table("holder", "month")}
    for actor in summary.dimensions["holder"].values:
        for k, head in enumerate(heads[:-1]):
            month = f"{head[4:]}-{months.index(head[:3]) + 1:02}"
            assert cells[actor][k] == str(there.get((actor, month)) or ""), (actor, month)
    assert {row[2] for row in figures(page, "timeline").values()} == {""}, "a month without statements is empty"
    assert f"{len(summary)} as printed" in page.text_content("#status")


def test_the_small_actors_are_grouped_and_open(visit: Any, summary: Summary, made: Path) -> None:
    page = visit(made)
    grouped = figures(page, "actor-bars")
    assert len(grouped) == 15 + 1 + 2
    page.click("#all-actors")
    assert page.evaluate("document.activeElement.id") == "all-actors"
    assert len(figures(page, "actor-bars")) == len(summary.dimensions["holder"].values) + 1 + 1
    assert "actors=all" in page.url
    page.click("#all-actors")
    page.click("#actor-bars tr:has(#all-actors) .mark >> nth=0")
    assert page.text_content("#opened-title").split(" · ")[0].endswith("other actors")


def test_filters_narrow_all_figures_and_stand_in_the_link(visit: Any, summary: Summary, made: Path) -> None:
    page = visit(made)
    actor = summary.dimensions["holder"].values[0]
    page.select_option("#holder", label=actor)
    page.select_option("#issue", label="legal action")
    page.select_option("#outlet", label="Outlet 2")
    page.select_option("#least", label="0.70")
    page.check("#count-printed")
    frame = summary.dimensions
    wanted = sum(
        frame["holder"].values[h] == actor
        and frame["issue"].values[i] == "legal_action"
        and o >= 0
        and frame["outlet"].values[o] == "Outlet 2"
        and p >= 0.7
        for h, i, o, p in zip(frame["holder"].codes, frame["issue"].codes, frame["outlet"].codes, summary.probability, strict=True)
        if h >= 0
    )
    assert wanted > 0
    assert f"{wanted} as printed; of" in page.text_content("#status")
    assert list(figures(page, "outlet-bars")) == ["Outlet 2"]
    other = visit(made, page.url[page.url.index("#") :])
    assert other.text_content("#status") == page.text_content("#status")
    assert other.input_value("#least") == "0.7"
    assert other.is_checked("#count-printed")
    other.click("#reset")
    assert "as printed." in other.text_content("#status")
    assert other.url.endswith("#count=printed")
    page.select_option("#least", label="0.95")
    page.select_option("#month", label="Jan 2020")
    assert page.is_visible("#nothing") or wanted


def test_a_mark_opens_its_statements(visit: Any, summary: Summary, made: Path) -> None:
    page = visit(made)
    actor = summary.dimensions["holder"].values[1]
    mark = page.locator(f"#actor-bars .mark[aria-label^='{actor}, oppose']")
    number = int(mark.locator("span >> nth=0").text_content())
    mark.click()
    assert page.text_content("#opened-title") == f"{actor} · oppose"
    assert page.text_content("#opened-about").startswith(f"{number} statement")
    while page.is_visible("#more"):
        page.click("#more")
    items = page.locator("#statements > li")
    assert items.count() == number
    texts = {r["text"] for r in press(900, 22) if (r["actor"] or r["holder"]) == actor and r["stance"] == "oppose"}
    assert set(page.locator("#statements .said").all_text_contents()) <= texts
    about = items.nth(0).inner_text()
    assert f"{actor}: oppose, probability 0." in about
    assert "Outlet" in about
    assert "of a made-up press" in about
    page.keyboard.press("Escape")
    assert "open=" not in page.url
    assert page.evaluate("document.activeElement.ariaLabel").startswith(f"{actor}, oppose")
    mark.click()
    other = visit(made, page.url[page.url.index("#") :])
    assert other.text_content("#opened-title") == f"{actor} · oppose"


def test_near_duplicates_count_once_or_as_printed(visit: Any, book: Codebook, tmp_path: Path) -> None:
    text = "The plan comes far too soon for small schools."
    rows = [row(1, text, holder="A", date="2025-01-02"), row(2, f"{text} Yes.", holder="A", date="2025-01-01"), row(3, "No.", holder="B")]
    page = visit(write_summary(summarise(rows, codebook=book), tmp_path / "out")[0])
    assert figures(page, "actor-bars")["A"] == ["1", "0", "0", "1"]
    assert "2 printed" in page.text_content("#actor-bars")
    page.keyboard.press("d")
    assert figures(page, "actor-bars")["A"] == ["2", "0", "0", "2"]
    page.click("#actor-bars .mark >> nth=0")
    assert "repeats an earlier statement" in page.locator("#statements > li").nth(1).inner_text()


def test_the_keyboard_reaches_everything(visit: Any, made: Path) -> None:
    page = visit(made)
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.id") == "holder"
    page.focus("#actor-bars .mark >> nth=0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    place = page.evaluate("[document.activeElement.closest('tr').rowIndex, document.activeElement.closest('td').cellIndex]")
    assert place == [2, 2]
    page.keyboard.press("Enter")
    assert page.is_visible("#opened")
    page.keyboard.press("Escape")
    assert not page.is_visible("#opened")
    page.keyboard.press("?")
    assert page.is_visible("#help")
    assert page.evaluate("document.querySelectorAll('table .mark[tabindex=\"0\"]').length") == 5
    page.keyboard.press("Escape")
    assert [name for role, name in names_of(page) if not name and role not in ("RootWebArea", "document", "none", "generic")] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_it_fits_and_stands_out(visit: Any, made: Path, width: int) -> None:
    page = visit(made, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found.append(page.evaluate(CONTRAST))
        page.click("#actor-bars .mark >> nth=0")
        found.append(page.evaluate(CONTRAST))
        page.keyboard.press("Escape")
    assert min(one["texts"] for one in found) > 50
    assert [fault for one in found for fault in one["faults"]] == []


def test_it_prints_its_figures_without_its_controls(visit: Any, made: Path) -> None:
    page = visit(made)
    page.emulate_media(media="print")
    assert not page.is_visible("#holder")
    assert page.is_visible("#note")
    assert page.is_visible("#claim")
    assert page.is_visible("#status")
    assert page.is_visible("#actor-bars")
    assert page.eval_on_selector("#all-actors", "node => getComputedStyle(node, '::before').content").endswith('other actors"')
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(width <= 1001 for width in page.eval_on_selector_all(".grid", "all => all.map((one) => one.getBoundingClientRect().width)"))


def test_a_task_without_sides_and_hostile_text(visit: Any, tmp_path: Path) -> None:
    bad = "</script><img src=x onerror=alert(1)>\u202e"
    rows = [
        row(k, f"{bad} {k}", holder=f"{bad}{k % 3}", outlet=bad, title=bad, url="javascript:alert(1)", date="2025-01-01") for k in range(9)
    ]
    page = visit(write_summary(summarise(rows, ["holder", "month"], of="issue"), tmp_path / "out", title=bad)[0])
    assert page.text_content("#title") == bad.replace("\u202e", "[U+202E]")
    page.click("#actor-bars .mark >> nth=0")
    assert page.locator("#statements a").count() == 0
    assert "<img" in page.locator("#statements .said").nth(0).text_content()


def test_what_found_no_room_is_counted(visit: Any, book: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "MAX_STATEMENTS", 40)
    summary = summarise(press(300, 5), codebook=book)
    page = visit(write_summary(summary, tmp_path / "out")[0], "#count=printed&least=0.5")
    wanted = int((summary.probability >= 0.5).sum())
    assert f"{wanted} as printed" in page.text_content("#status")
    assert "is in statements.csv beside this page" in page.text_content("#only-some")
    page.click("#outlet-bars .mark >> nth=0")
    assert "is not on this page, but in statements.csv" in page.text_content("#untold")
