"""What goes out: statements and annotations paired, names that can't be mistaken."""

import pytest
from exchanged import ITEMS, annotation, codebook, item

from stancekit.annotations.exchange.units import FIXED, fixed_fields, label_names, text_digest, units
from stancekit.codebook import Codebook, Label, Task
from stancekit.errors import InputError

LABELS = {name: Label(definition="-") for name in ("a", "b")}


def test_items_come_first_in_their_order_then_what_only_annotations_know() -> None:
    elsewhere = item("a9", 3, "The plan has five parts.")
    first, second = annotation(ITEMS[2]), annotation(elsewhere)
    found = units(ITEMS, [second, first, annotation(ITEMS[2], "coder_2")])
    assert [found_item.statement.id for found_item, _ in found] == [i.statement.id for i in [*ITEMS, elsewhere]]
    assert [[a.annotator for a in given] for _, given in found] == [[], [], ["coder_1", "coder_2"], ["coder_1"]]


def test_the_fixed_fields_are_those_of_the_annotation_where_there_is_one() -> None:
    book = codebook()
    assert tuple(fixed_fields(ITEMS[0], None, book)) == FIXED
    assert fixed_fields(ITEMS[0], None, book)["codebook_digest"] == book.meaning
    assert fixed_fields(ITEMS[0], annotation(ITEMS[0], codebook_digest="", holder="Office Lo"), book) | {"holder": "Office Lo"} == (
        fixed_fields(ITEMS[0], None, book) | {"holder": "Office Lo", "annotator": "coder_1", "codebook_digest": ""}
    )


def test_a_digest_tells_the_text_and_the_place() -> None:
    assert len({text_digest("a:0-2", "A."), text_digest("a:0-2", "B."), text_digest("b:0-2", "A.")}) == 3


@pytest.mark.parametrize("tasks", [{"before": False}, {"text_digest": False}, {"issue": True, "issue_also": False}])
def test_names_that_mean_something_else(tasks: dict[str, bool]) -> None:
    made = {name: Task(question="?", labels=LABELS, also=also) for name, also in tasks.items()}
    with pytest.raises(InputError, match="has another meaning in what is exchanged; rename the task"):
        label_names(Codebook(name="m", version="1.0.0", target="t", tasks=made))
