"""What to label next: from nothing, from a little, from a lot; the queue that comes of it."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pools import BOOK, annotations, items, label_of
from stancekit.annotations.items import Item, read_items, to_row
from stancekit.duplicates import repeats
from stancekit.errors import InputError
from stancekit.io.files import to_jsonl
from stancekit.records import Statement
from stancekit.suggest import next_to_label
from stancekit.suggest.next_items import PATIENCE, START

STANCE = BOOK.model_copy(update={"tasks": {"stance": BOOK.tasks["stance"]}})
POOL = items({"oppose": 60, "neutral": 60, "support": 20})


def ids(queue: list[Item]) -> list[str]:
    return [item.statement.id for item in queue]


def test_without_labels_typical_statements_come_first() -> None:
    queue = next_to_label(POOL, [], BOOK, n=10)
    assert len(set(ids(queue))) == 10
    assert all(item.suggested == {} for item in queue)
    assert all(item.reason.startswith("typical: stands for ") or item.reason == "unlike anything chosen so far" for item in queue)
    assert queue[0].reason.startswith("typical")


def test_the_start_finds_every_class() -> None:
    assert set(Counter(label_of(i.statement.text) for i in next_to_label(POOL, [], BOOK, n=10))) == {"oppose", "neutral", "support"}


def test_an_item_keeps_what_it_was() -> None:
    by_id = {item.statement.id: item for item in POOL}
    for item in next_to_label(POOL, annotations(POOL[:60]), STANCE, n=5):
        assert replace(item, suggested={}, reason="") == by_id[item.statement.id]


def test_with_labels_a_model_says_what_it_is_unsure_of() -> None:
    few = [i for i in POOL[:50] if label_of(i.statement.text) != "support"][:40] + [
        i for i in POOL if label_of(i.statement.text) == "support"
    ][:2]
    queue = next_to_label(POOL, annotations(few), STANCE, n=10)
    assert all(set(item.suggested["stance"]) == {"oppose", "neutral", "support"} for item in queue)
    assert any(item.reason.startswith("probably rare: support .") for item in queue)
    found = Counter(label_of(i.statement.text) for i in queue)["support"]
    left = [i for i in POOL if i not in few]
    assert found / 10 > 1.5 * Counter(label_of(i.statement.text) for i in left)["support"] / len(left)


def test_too_few_labels_ask_no_model() -> None:
    assert not next_to_label(POOL, annotations(POOL[: START - 1]), STANCE)[0].suggested
    assert next_to_label(POOL, annotations(POOL[:START]), STANCE)[0].suggested


def test_an_unseen_label_is_waited_for_but_not_for_ever() -> None:
    common = [i for i in POOL if label_of(i.statement.text) != "support"]
    assert not next_to_label(POOL, annotations(common[: PATIENCE - 1]), STANCE)[0].suggested
    queue = next_to_label(POOL, annotations(common[:PATIENCE]), STANCE)
    assert all(item.suggested["stance"]["support"] == 0 for item in queue)


def test_one_class_alone_teaches_nothing() -> None:
    one = [i for i in items({"oppose": 100}) if label_of(i.statement.text) == "oppose"]
    queue = next_to_label(
        POOL, annotations([replace(i, statement=replace(i.statement, id=f"other:{k}")) for k, i in enumerate(one)]), STANCE
    )
    assert not queue[0].suggested


def test_multi_label_tasks_are_asked_label_by_label() -> None:
    queue = next_to_label(POOL, annotations(POOL[:80], frames=True), BOOK, n=5)
    assert all(set(item.suggested) == {"stance", "frames"} and set(item.suggested["frames"]) == {"money"} for item in queue)


def test_several_annotators_of_one_statement_are_one_label() -> None:
    half = POOL[: START - 5]
    assert not next_to_label(POOL, annotations(half) + annotations(half, "a2"), STANCE)[0].suggested


def test_rows_without_a_label_are_still_to_be_labelled() -> None:
    blank = [replace(a, labels={}) for a in annotations(POOL)]
    assert ids(next_to_label(POOL, blank, BOOK)) == ids(next_to_label(POOL, [], BOOK))


def test_the_embedding_needs_no_other_call() -> None:
    small = POOL[:40]
    queue = next_to_label(small, annotations(small[:30]), STANCE, n=3, model="embedding")
    assert len(queue) == 3
    assert queue[0].suggested


def test_the_queue_is_read_back(tmp_path: Path) -> None:
    queue = next_to_label(POOL, annotations(POOL[:80], frames=True), BOOK, n=7)
    (tmp_path / "queue.jsonl").write_text(to_jsonl(map(to_row, queue)), encoding="utf-8")
    assert read_items(tmp_path / "queue.jsonl", BOOK) == queue


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60), st.integers(1, 100), st.integers(0, 3))
def test_a_queue_is_of_the_pool_without_repeats_and_the_same_again(labelled: int, n: int, seed: int) -> None:
    pool = POOL[:60] + [replace(i, statement=replace(i.statement, id=f"again:{k}")) for k, i in enumerate(POOL[20:60])]
    known = annotations(POOL[:labelled])
    if labelled == 60:
        with pytest.raises(InputError, match="nothing is left to label: each one is labelled, or repeats one that is"):
            next_to_label(pool, known, STANCE, n=n, seed=seed)
        return
    queue = next_to_label(pool, known, STANCE, n=n, seed=seed)
    assert queue == next_to_label(pool, known, STANCE, n=n, seed=seed)
    assert len(queue) == min(n, 60 - labelled)
    assert set(ids(queue)) <= set(ids(pool)) - {a.statement_id for a in known}
    texts = [i.statement.text for i in queue]
    assert not any(repeats(a, b) for k, a in enumerate(texts) for b in [*texts[:k], *(a.text for a in known)])


def test_a_pool_of_one_statement_over_and_over() -> None:
    same = [Item(Statement(f"a:{i}", "a", i, i + 1, "The plan has five parts, the office said.")) for i in range(9)]
    [only] = next_to_label(same, [], BOOK)
    assert only.reason == "typical: stands for 100 % of what is not labelled"


def test_texts_without_words_can_be_labelled() -> None:
    odd = [Item(Statement(f"a:{i}", "a", i, i + 1, text)) for i, text in enumerate(["…", "!", "—"])]
    assert len(next_to_label(odd, [], BOOK)) == 3


@pytest.mark.parametrize("n", [0, -1])
def test_at_least_one_is_asked_for(n: int) -> None:
    with pytest.raises(InputError, match=f"n: is {n}; at least one statement must be asked for"):
        next_to_label(POOL, [], BOOK, n=n)


def test_no_statements_at_all() -> None:
    with pytest.raises(InputError, match="nothing is left to label"):
        next_to_label([], [], BOOK)
