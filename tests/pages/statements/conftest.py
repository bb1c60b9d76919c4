"""What the tests of the page to look at share: pages and those who look at them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_articles import ARTICLES, Pair, Visitor, page_of

from chromium import noting_faults, running_browser  # noqa: F401 - a fixture
from stancekit.actors import load_actors
from stancekit.articles import read_articles
from stancekit.records import Article
from stancekit.statements import extract_statements

ROOT = Path(__file__).parents[3]
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def seeds() -> list[Pair]:
    actors = load_actors(ROOT / "annotations" / "actors.yaml")
    return [(a, extract_statements(a, actors)) for a in read_articles([ROOT / "seeds"]) if isinstance(a, Article)]


@pytest.fixture(scope="session")
def seeds_page(seeds: list[Pair], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(seeds, tmp_path_factory.mktemp("seeds") / "page.html", title="The seeds")


@pytest.fixture(scope="session")
def made_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(ARTICLES, tmp_path_factory.mktemp("made") / "page.html")


@pytest.fixture(scope="module")
def window(browser: Any) -> Iterator[Any]:
    """The browser context of those who need no other, one a module: a new one each would double the time."""
    context = browser.new_context(viewport=DESK)
    yield context
    context.close()


@pytest.fixture
def visit(browser: Any, window: Any) -> Iterator[Any]:
    """`visit(page_file)`: somebody at a page, in a fresh browser context where there are options. Nothing may go wrong there."""
    visitors: list[Visitor] = []

    def new(path: Path, place: str = "", **options: Any) -> Visitor:
        context = browser.new_context(**{"viewport": DESK} | options) if options else window
        page = context.new_page()
        visitors.append(Visitor(page, noting_faults(page)))
        page.goto(path.as_uri() + place)
        return visitors[-1]

    yield new
    for visitor in visitors:
        visitor.page.close()
    assert [fault for visitor in visitors for fault in visitor.faults] == []
