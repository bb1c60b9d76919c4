"""The bench of transfer, in small: a source cut down trains an encoder, and it is left out where it is the test."""

import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from transformers import BertModel

from stancekit.experiment import load_experiment
from stancekit.models.encoders.weights import resolve_weights
from tiny import save_tiny

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_transfer", ROOT / "benchmarks" / "bench_transfer.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def write_debate(folder: Path, n: int) -> None:
    """Invented speeches in the shape of the coal debate."""
    folder.mkdir(parents=True)
    words = ["mines", "jobs", "regions", "coal", "time", "money", "the", "end"]
    rows = [
        {"id": str(i), "text": f"{words[i % 8]} {words[i // 8 % 8]} must {['stay', 'go', 'wait'][i % 3]} {i}", "target": "coal",
         "label": ["favor", "against", "neutral"][i % 3], "speech": str(i % 4), "pre": None}
        for i in range(n)
    ]  # fmt: skip
    (folder / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_a_source_is_cut_down_and_leaves_its_own_test(bench, tmp_path, capsys):
    write_debate(tmp_path / "csta_coal_debate", 24)
    tiny = save_tiny(tmp_path / "tiny", BertModel)
    cost = bench.train_source("coal_debate", tmp_path, tmp_path / "encoder", rows=12, epochs=1, encoder=tiny)
    assert (cost["source_rows"], cost["source_epochs"]) == (12, 1)
    assert resolve_weights(str(tmp_path / "encoder")) == tmp_path / "encoder" / "encoder"
    coal = load_experiment(ROOT / "experiments" / "benchmarks" / "coal_debate.yaml", tmp_path / "csta_coal_debate")
    encoders = {"packaged": tiny, "coal_debate": str(tmp_path / "encoder")}
    found = list(bench.records(coal, "groups", encoders, {"coal_debate": cost}))
    assert [(r["scenario"], r["method"], r["reads"], r["n"]) for r in found] == [
        ("coal_debate: stance", "packaged", "text", 24), ("coal_debate: stance", "packaged", "target and text", 24),
    ]  # fmt: skip
    assert "coal_debate is left out" in capsys.readouterr().out
    others = tuple(replace(e, input=replace(e.input, text=f"Nobody said {i} of it.")) for i, e in enumerate(coal.dataset.examples))
    moved = replace(coal, dataset=replace(coal.dataset, examples=others))
    assert {r["method"] for r in bench.records(moved, "groups", encoders, {})} == {"packaged", "coal_debate"}
