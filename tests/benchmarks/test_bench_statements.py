"""The figures of the bench: by hand, against the seeds, and on edited prose that the rules were not written from."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from stancekit.actors import Actors
from stancekit.statements.segmentation.segment import segment

ROOT = Path(__file__).parents[2]
DATA = ROOT / ".." / "shared" / "data" / "ud_ewt_segmentation"
GOLD = ROOT / ".." / "shared" / "gold"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_statements", ROOT / "benchmarks" / "bench_statements.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def documents(part):
    if not DATA.is_dir():
        pytest.skip("the sentences of ud_ewt_segmentation are not beside this checkout")
    rows = map(json.loads, (DATA / f"{part}.jsonl").read_text(encoding="utf-8").splitlines())
    return [(row["text"], [tuple(span) for span in row["sentences"]]) for row in rows]


def test_boundary_f1_by_hand(bench):
    gold = [("ab cd ef", [(0, 2), (3, 5), (6, 8)])]
    assert bench.boundary_f1(gold, lambda text: [(0, 2), (3, 8)]) == pytest.approx(2 * 2 / (2 + 3))
    assert bench.boundary_f1(gold, lambda text: [(0, 2), (3, 8)], inner=True) == pytest.approx(2 * 1 / (1 + 2))
    assert bench.boundary_f1(gold, lambda text: gold[0][1], inner=True) == 1


def test_edited_prose_has_capitals_and_stops(bench):
    text = "One is here. Two is.\n\nthree is. Four is.\n\nFive is\n\nSix. Seven"
    spans = [(0, 12), (13, 20), (22, 31), (32, 40), (42, 49), (51, 55), (56, 61)]
    assert bench.edited_prose([(text, spans)]) == [("One is here. Two is.", [(0, 12), (13, 20)])]


def test_marks_are_paired_at_the_same_length(bench):
    text = "He said: “We lost.\n“We don't mind.”\r\nEnd"
    assert bench.paired(text) == "He said: “We lost.”“We donʼt mind.”\r\nEnd"


def test_boundaries_of_edited_prose(bench):
    whole = documents("dev")
    prose = bench.edited_prose(whole)
    assert len(prose) > 150
    assert bench.boundary_f1(prose, lambda text: [(u.start, u.end) for u in segment(text)], inner=True) >= 0.98
    assert bench.boundary_f1(whole, lambda text: [(u.start, u.end) for u in segment(text)]) >= 0.9


def test_quotations_count_once_and_joint_speakers_all(bench):
    row = {"start": 2, "end": 9, "segments": [[2, 9]], "speaker": "A; B", "organisation": "A; B", "mention": "the two"}
    said = bench.Said
    for heard, right in [
        ([said(2, 9, ("A", "B"))], 1),
        ([said(2, 9, ("A",))], 0),
        ([said(2, 9, ("C", "D"), ("A", "B"))], 1),
        ([said(2, 9, mention="The Two")], 1),
        ([said(2, 4, ("A", "B"))], 0),
    ]:
        figures = bench.quotations({"f": "x" * 20}, {"f": [row]}, lambda text, heard=heard: heard, Actors())
        assert figures["attributed"] == right
        assert figures["of"] == 1


def test_units_of_the_seeds_in_a_process_of_their_own(bench):
    if not GOLD.is_dir():
        pytest.skip("the gold readings are not beside this checkout")
    record = bench._in_a_process("seeds: units", "stancekit", DATA, GOLD, 1)
    assert (record["exact"], record["of"]) == (140, 140)
    assert record["peak_mb"] > 1


def test_what_is_absent_is_skipped_with_a_reason(bench, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bench, "SPLITTERS", {"stancekit": bench.SPLITTERS["stancekit"]})
    monkeypatch.setattr(bench, "ATTRIBUTORS", {"stancekit": bench.ATTRIBUTORS["stancekit"]})
    records = bench.bench(tmp_path / "data", tmp_path / "gold", 1)
    skipped = {record["scenario"] for record in records if "skipped" in record}
    assert skipped == {
        "seeds: units",
        "seeds: quotations",
        "ud_ewt dev",
        "ud_ewt test",
        "ud_ewt dev edited prose",
        "ud_ewt test edited prose",
        "languages of posts",
    }
    assert all(record["characters_per_second"] > 0 for record in records if "speed" in record["scenario"])
    assert "--gold DIR" in capsys.readouterr().out
