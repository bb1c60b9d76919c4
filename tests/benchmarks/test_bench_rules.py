"""What the bench of rules switches off is off while it lasts, and the score is the script's own."""

import importlib.util
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from stancekit.statements.english import nouns
from stancekit.statements.names import classify, titles
from stancekit.statements.names.linking import kind_noun

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_rules", ROOT / "benchmarks" / "bench_rules.py")
    module = importlib.util.module_from_spec(spec)
    before = sys.path[:]
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def test_a_rule_is_off_in_every_module_until_the_stack_ends(bench):
    switches = bench.switches(bench.modules())
    with ExitStack() as stack:
        switches["names.titles.is_title"](stack)
        switches["names.classify.PEERS"](stack)
        switches["names.linking.kind_noun"](stack)
        assert (titles.is_title("Dr"), classify.PEERS, kind_noun("Unions")) == (False, frozenset(), "Unions")
    assert (titles.is_title("Dr"), "duke" in classify.PEERS, kind_noun("Unions")) == (True, True, "union")
    assert not any(name.startswith("text.types.Speaker.") for name in switches)


def test_a_module_and_its_folder_hold_the_switches_of_their_own(bench):
    found = bench.groups(["names.titles.is_title", "names.titles.surname", "extract._joined"])
    assert found["names"] == found["names.titles"] == ["names.titles.is_title", "names.titles.surname"]
    assert found["extract"] == ["extract._joined"]


def test_what_is_remembered_is_forgotten(bench):
    assert nouns.is_role("nurse")
    bench._forget()
    assert nouns.is_role.cache_info().currsize == 0


def test_the_score_is_taken_from_the_script_without_its_run(bench, tmp_path):
    script = tmp_path / "score.py"
    script.write_text("import sys\nWORDS = {'the'}\ndef fold(s):\n    return s.lower()\ndef right(r, d):\n    "
                      "return fold(d['speaker']) in people[r['article_id']]\nraise SystemExit(sys.argv[9])\n")  # fmt: skip
    right = bench.scorer(script, [{"article_id": "a", "speaker": "Ana"}])
    assert right({"article_id": "a"}, {"speaker": "ANA"})
    assert not right({"article_id": "b"}, {"speaker": "ANA"})
