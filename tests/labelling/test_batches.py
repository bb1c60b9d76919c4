"""Documents are dealt by their order and size alone."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from stancekit.labelling.batches import CHARACTERS, Batch, deal
from stancekit.labelling.inputs import Document
from stancekit.records import Article


def documents(sizes: Sequence[int]) -> list[Document]:
    return [Document("a.jsonl", i, Article(str(i), "x" * size)) for i, size in enumerate(sizes)]


def rows(document: Document) -> int:
    return 1 + document.size // CHARACTERS


@given(st.lists(st.integers(0, 900)), st.integers(1, 12), st.data())
def test_every_document_is_dealt_once_in_order_and_no_batch_is_too_large(sizes: list[int], most: int, data: st.DataObject) -> None:
    found = documents(sizes)
    parts = data.draw(st.lists(st.integers(0, 2), min_size=len(found), max_size=len(found)))
    batches = list(deal(found, lambda document: [parts[document.line or 0]], most))
    for part in set(parts):
        mine = [batch for batch in batches if batch.part == part]
        assert [batch.number for batch in mine] == list(range(len(mine)))
        assert [d for batch in mine for d in batch.documents] == [d for d in found if parts[d.line or 0] == part]
        for batch in mine:
            assert sum(map(rows, batch.documents[:-1])) < most
        for batch in mine[:-1]:
            assert sum(map(rows, batch.documents)) >= most
    assert batches == list(deal(found, lambda document: [parts[document.line or 0]], most))


def test_the_digest_is_of_the_documents_and_not_of_where_they_lie() -> None:
    def digest(*articles: Article, file: str = "a") -> str:
        [batch] = deal([Document(file, 1, article) for article in articles], lambda _: [0], 100)
        return batch.digest

    one, two = Article("a", "One."), Article("b", "Two.")
    assert digest(one, two) == digest(one, two, file="elsewhere/a")
    others = [digest(one), digest(two, one), digest(one, Article("b", "Two!")), digest(one, Article("c", "Two.")),
              digest(one, Article("b", "Two.", outlet="Post"))]  # fmt: skip
    assert len({digest(one, two), *others}) == 6


def test_a_batch_is_called_by_its_part_and_number() -> None:
    assert Batch(1, 7, (), "").name == "1-00007"
