"""The figure of confidence: an article is judged by the others alone, and a bin counts what lies in it."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", name="bench")
def bench_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_confidence", ROOT / "benchmarks" / "bench_confidence.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = sys.path[:]
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def test_an_article_is_judged_by_the_others_alone(bench: ModuleType) -> None:
    groups = np.array(["a", "a", "b", "b"])
    given, right = np.array([0.6, 0.9, 0.6, 0.9]), np.array([1.0, 1.0, 0.0, 1.0])
    assert bench.left_out(groups, given, right).tolist() == [0.0, 1.0, 1.0, 1.0]


def test_a_bin_has_its_share_with_wilsons_interval(bench: ModuleType) -> None:
    low, high = bench.bins("m", np.array([0.5, 0.95, 0.95, 1.0]), np.array([0.0, 1.0, 1.0, 0.0]))
    assert (low["from"], low["n"], low["right"], low["low"], low["high"]) == (0.0, 1, 0, 0.0, 0.793)
    assert (high["from"], high["to"], high["n"], high["share"], high["confidence"]) == (0.95, 1.0, 3, 0.667, 0.967)
