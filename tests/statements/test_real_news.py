"""Attribution on real articles read by hand, where they are beside the checkout; the score is theirs."""

import importlib.util
import sys
from pathlib import Path

import pytest

from stancekit.errors import MissingError
from stancekit.records import Article
from stancekit.statements import extract_statements
from stancekit.statements.clauses.parser import load_parser

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def bench():
    if not (DATA / "news_quotations").is_dir():
        pytest.skip("the articles of news_quotations are not beside this checkout")
    spec = importlib.util.spec_from_file_location("bench_rules", ROOT / "benchmarks" / "bench_rules.py")
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    before = sys.path[:]
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


@pytest.mark.parametrize(("parsed", "quotations", "indirect"), [(False, 150, 107), (True, 149, 107)])
def test_real_quotations_go_to_who_says_them(bench, parsed, quotations, indirect):
    try:
        parser = load_parser() if parsed else None
    except MissingError as error:
        pytest.skip(str(error))
    texts = bench.Texts(DATA, None)
    found = {article.id: extract_statements(article, parser=parser) for article in texts.news}
    right, sure = {"direct": 0, "partial": 0, "indirect": 0}, []
    for row in texts.rows:
        at = bench._widest(found[row["article_id"]], row["start"], row["end"])
        ok = texts.right(row, {"speaker": at.speaker, "organisation": at.organisation})
        right[row["kind"]] += ok
        sure += [ok] if (at.attribution_confidence or 0) >= 0.9 else []
    assert right["direct"] + right["partial"] >= quotations
    assert right["indirect"] >= indirect
    assert sum(sure) >= 0.9 * len(sure)
    assert len(sure) >= 0.5 * len(texts.rows)


def test_constructed_cases(bench):
    cases = bench.Texts(DATA, None).cases
    missed = [row["id"] for row in cases if not bench._as_wanted(row, extract_statements(Article(row["id"], row["text"])))]
    assert len(missed) <= 4
