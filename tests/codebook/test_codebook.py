"""The shipped codebook, and codebooks that are not sound."""

import copy
from pathlib import Path
from typing import Any

import pytest

from stancekit.codebook import Codebook, json_schema, load_codebook
from stancekit.errors import InputError
from stancekit.io.files import to_json

ROOT = Path(__file__).parents[2]
SOUND = """name: test
version: "1.0.0"
target: the plan
tasks:
  stance:
    question: What is the position?
    labels:
      oppose: {definition: Is against it.}
      support: {definition: Is for it.}
"""


def load(tmp_path: Path, text: str):  # type: ignore[no-untyped-def]
    (tmp_path / "codebook.yaml").write_text(text, encoding="utf-8")
    return load_codebook(tmp_path / "codebook.yaml")


def test_the_shipped_codebook_has_the_three_tasks() -> None:
    book = load_codebook(ROOT / "annotations" / "codebook.yaml")
    assert set(book.labels("stance")) == {"oppose", "neutral", "support"}
    assert set(book.labels("issue")) == {"grading", "timing", "wellbeing", "legal_action", "collective_action", "other"}
    assert set(book.labels("sentiment")) == {"negative", "neutral", "positive"}
    assert book.also_task == "issue"


def test_the_digest_is_of_what_it_says(tmp_path: Path) -> None:
    plain = load(tmp_path, SOUND).digest
    assert load(tmp_path, "# a comment\n" + SOUND).digest == plain
    assert load(tmp_path, SOUND.replace("Is for it", "Is not for it")).digest != plain


def test_the_schema_at_hand_for_editors_is_that_of_the_code() -> None:
    assert (ROOT / "annotations" / "codebook.schema.json").read_text(encoding="utf-8") == to_json(json_schema())


def test_the_meaning_is_that_of_the_definitions_not_of_what_illustrates_them() -> None:
    book = Codebook(**SOUND_DATA)
    illustrated = changed(examples=["The plan is bad."], hypothesis="It is against it.", keywords=["bad"])
    assert (illustrated.meaning, illustrated.digest == book.digest) == (book.meaning, False)
    assert changed(definition="Is much against it.").meaning != book.meaning


def changed(**values: Any) -> Codebook:
    data = copy.deepcopy(SOUND_DATA)
    data["tasks"]["stance"]["labels"]["oppose"].update(values)
    return Codebook(**data)


SOUND_DATA: dict[str, Any] = {
    "name": "test", "version": "1.0.0", "target": "the plan",
    "tasks": {"stance": {"question": "Which?", "labels": {"oppose": {"definition": "Is against it."}, "support": {"definition": "For."}}}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("view", "message"),
    [
        ("{of: stances, merge: {any: [oppose, support]}}", r"which is no task of kind `single` \(allowed: stance\)"),
        ("{of: stance, merge: {any: [opose]}}", "'opose' - did you mean 'oppose'"),
        ("{of: stance, merge: {any: [oppose], some: [oppose]}}", "merges 'oppose' twice"),
        ("{of: stance, merge: {support: [oppose]}}", "calls a merged label 'support', which is a label of 'stance' that stays"),
        ("{of: stance, merge: {any: [oppose, support]}}", "merges every label of 'stance' into one"),
        ("{of: stance, merge: {}}", "merge"),
    ],
)
def test_faults_of_views(tmp_path: Path, view: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load(tmp_path, SOUND + f"views:\n  coarse: {view}\n")


def test_a_multi_label_task_needs_no_also(tmp_path: Path) -> None:
    text = SOUND.replace("question: What is the position?", "question: Which?\n    kind: multi")
    assert load(tmp_path, text).tasks["stance"].kind == "multi"
    with pytest.raises(InputError, match="leave out `also`"):
        load(tmp_path, text.replace("kind: multi", "kind: multi\n    also: true"))
    with pytest.raises(InputError, match="kind"):
        load(tmp_path, text.replace("kind: multi", "kind: several"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("      support:", "      no:", r":9: `no` is read as a boolean"),
        ("      support:", "      true:", r":9: the key True is not text"),
        ("      support:", "      oppose:", r":9: the key 'oppose' occurs twice"),
        ("      support:", "      For It:", r":\d+: .*For It.*pattern"),
        ("question:", "qestion:", r":6: unknown key 'tasks\.stance\.qestion' - did you mean 'question'"),
        ('"1.0.0"', "1.0", r':2: version: should be three numbers, such as "1\.0\.0" \(got 1\.0\)$'),
        ('"1.0.0"', '"1.0"', r":2: version: should be three numbers, such as \"1\.0\.0\" \(got '1\.0'\)$"),
        (
            "      support:",
            "      probability:",
            r":5: tasks\.stance: no label may be called 'probability': `<task>_probability` is the column",
        ),
        ("  stance:", "  outlet:", r"two columns of the labels' table would be called 'outlet'"),
        ("  stance:", "  holder:", r"two columns of the labels' table would be called 'holder'"),
        ("target: the plan", 'target: the plan\ninput: "{text!r}"', r":4: input: unknown field '{text}'"),
        ("target: the plan\n", "", r"the key 'target' is missing"),
        (
            "target: the plan",
            'target: the plan\ninput: "{texte}"',
            r":4: input: unknown field '{texte}' - did you mean 'text'\? \(allowed: {text}",
        ),
    ],
)
def test_faults_name_their_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load(tmp_path, SOUND.replace(old, new))


def test_a_large_codebook(tmp_path: Path) -> None:
    """Sixty tasks of sixty labels: each key has its line, and the one name that two columns would have is found."""
    tasks = "".join(
        f"  task_{t}:\n    question: What?\n    labels:\n" + "".join(f"      l{k}: {{definition: Of {t}.}}\n" for k in range(60))
        for t in range(60)
    )
    text = f'name: big\nversion: "1.0.0"\ntarget: the plan\ntasks:\n{tasks}'
    book = load(tmp_path, text)
    assert len(book.tasks) == 60
    assert book.labels("task_59") == tuple(f"l{k}" for k in range(60))
    with pytest.raises(InputError, match=r"two columns of the labels' table would be called 'task_7_l3'"):
        load(tmp_path, text + "  task_7_l3:\n    question: What?\n    labels: {a: {definition: A.}, b: {definition: B.}}\n")
    with pytest.raises(InputError, match=rf"codebook\.yaml:{4 + 59 * 63 + 3 + 60}: unknown key 'tasks\.task_59\.labels\.l59\.definitio'"):
        load(tmp_path, text.replace("l59: {definition: Of 59.}", "l59: {definition: Of 59., definitio: x}"))
