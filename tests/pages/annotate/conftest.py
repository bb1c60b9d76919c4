"""What the tests of the page share: the statements of the seeds, codebooks, a browser and those who work in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_worker import Worker, generated, write

from chromium import noting_faults, running_browser  # noqa: F401 - a fixture
from stancekit.actors import load_actors
from stancekit.annotations.items import Item, items_of
from stancekit.articles import read_articles
from stancekit.codebook import Codebook, Label, Task, load_codebook
from stancekit.pages.annotate import annotation_page
from stancekit.records import Article
from stancekit.statements import extract_statements

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook(ROOT / "annotations" / "codebook.yaml")


@pytest.fixture(scope="session")
def articles() -> dict[str, Article]:
    return {a.id: a for a in read_articles([ROOT / "seeds"]) if isinstance(a, Article)}


@pytest.fixture(scope="session")
def items(articles: dict[str, Article]) -> list[Item]:
    """The 130 sentences of the seeds."""
    actors = load_actors(ROOT / "annotations" / "actors.yaml")
    return items_of([s for a in articles.values() for s in extract_statements(a, actors)])


@pytest.fixture(scope="session")
def topics() -> Codebook:
    """A generated codebook: a task of many labels, one that takes any number, one that takes further labels."""
    many = Task(question="Which of twelve?", labels={f"sort_{i}": Label(definition=f"Sort {i}.") for i in range(1, 13)})
    several = Task(
        question="What is named?", kind="multi", labels={name: Label(definition=f"{name}.") for name in ("money", "time", "people")}
    )
    main = Task(question="What is it about?", also=True, labels={name: Label(definition=f"{name}.") for name in ("plan", "vote", "rest")})
    return Codebook(name="topics of a plan", version="2.0.0", target="the plan", tasks={"sort": many, "named": several, "about": main})


@pytest.fixture(scope="session")
def seeds_page(items: list[Item], codebook: Codebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("seeds") / "page.html", annotation_page(items, codebook))


@pytest.fixture(scope="session")
def topics_page(topics: Codebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("topics") / "page.html", annotation_page(generated(30), topics))


@pytest.fixture
def hire(browser: Any) -> Iterator[Any]:
    """`hire(page_file, name)`: a worker at a page, in a fresh browser context with these options."""
    contexts: list[Any] = []
    workers: list[Worker] = []

    def new(path: Path, name: str = "", *, script: str = "", **options: Any) -> Worker:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        contexts.append(context)
        if script:
            context.add_init_script(script)
        return join(context, path, name)

    def join(context: Any, path: Path, name: str = "") -> Worker:
        page = context.new_page()
        worker = Worker(context, page, noting_faults(page))
        page.goto(path.as_uri())
        if name:
            worker.start(name)
        workers.append(worker)
        return worker

    new.join = join  # type: ignore[attr-defined]
    yield new
    for context in contexts:
        context.close()
    assert [fault for worker in workers for fault in worker.faults] == []
