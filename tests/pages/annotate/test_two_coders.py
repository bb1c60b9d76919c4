"""Two coders, an adjudicator and a model, in six commands, with what each does on the pages. Constructed articles."""

import json
from pathlib import Path
from typing import Any

import pytest
from page_worker import rows_of, write
from typer.testing import CliRunner

from chromium import CONTRAST, names_of
from stancekit.cli.main import app
from stancekit.errors import InputError

pytestmark = pytest.mark.browser

BOOK = """
name: bypass
version: 1.0.0
target: the bypass
tasks:
  stance:
    question: What is the position on the bypass?
    labels: {oppose: {definition: Against it.}, support: {definition: For it.}}
  tone:
    question: What is the tone?
    labels: {bad: {definition: Negative.}, good: {definition: Positive.}}
"""
ACTORS = "actors:\n  - {name: Residents' Association of the Lower Valley and Its Hamlets, kind: charity, aliases: [Residents]}\n"
CONFIG = """
name: it
data: {articles: articles, annotations: settled.jsonl, codebook: book.yaml}
schemes: [purged]
default: tfidf
recipes: [majority, tfidf]
"""
WORDS = {"1": ("noisy", "ruinous"), "2": ("welcome", "overdue")}


def stancekit(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three articles of four sentences, a page for two coders, who have six statements in common."""
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    for n in range(3):
        said = [WORDS["12"[k % 2]][(n + k // 2) % 2] for k in range(4)]
        text = "\n\n".join(f"\U0001f6e3 Resident{n} Number{k} called plan{n}x{k} {word}." for k, word in enumerate(said))
        write(Path(f"articles/a{n}.txt"), text)
    manifest = "articles:\n" + "".join(
        f"  - {{id: a{n}, file: a{n}.txt, outlet: Valley News, published: 2025-03-0{n + 1}}}\n" for n in range(3)
    )
    for name, content in [("book.yaml", BOOK), ("actors.yaml", ACTORS), ("it.yaml", CONFIG), ("articles/manifest.yaml", manifest)]:
        write(Path(name), content)
    stancekit("statements", "articles", "--actors", "actors.yaml", "-o", "statements.jsonl")
    said = stancekit(
        *("annotate", "statements.jsonl", "--articles", "articles", "--actors", "actors.yaml", "--codebook", "book.yaml"),
        *("--assign", "ann=1-9,ben=4-12", "-o", "page.html"),
    )
    assert "assigned: ann 9, ben 9; 6 by more than one annotator" in said
    return tmp_path


def test_two_coders_to_settled_labels_to_a_trained_model_in_six_commands(hire: Any, project: Path) -> None:
    page = project / "page.html"
    stranger = hire(page)
    stranger.page.fill("#name", "zoe")
    stranger.page.click("text=Start")
    assert stranger.page.is_visible("#gate")
    assert "ann 9, ben 9" in stranger.text("#for")
    for name, turned in [("Ann", set()), ("ben", {2, 4})]:  # ben sees two statements otherwise
        coder = hire(page, name)
        assert coder.text("#counts") == "0 done · 0 skipped · 9 left"
        first = int(coder.text("#text").split("plan")[1][2])
        assert first == {"Ann": 0, "ben": 3}[name]
        for number in range(9):
            right = "1" if any(word in coder.text("#text") for word in WORDS["1"]) else "2"
            stance = {"1": "2", "2": "1"}[right] if number in turned else right
            if number == 2 and name == "ben":
                coder.press("n")
                coder.page.keyboard.type("Ironic?")
                coder.press("Escape")
            coder.press(stance, right, "Enter")
        file, content = coder.download()
        assert file == f"bypass_{name.lower()}.jsonl"
        write(project / f"{name.lower()}.jsonl", content)

    said = stancekit("annotations", "merge", "ann.jsonl", "ben.jsonl", "--codebook", "book.yaml", "-o", "merged.jsonl")
    assert "12 annotations, 2 labels left open" in said
    assert "stancekit annotate --adjudicate merged.jsonl -o PAGE" in said
    merged = rows_of((project / "merged.jsonl").read_text(encoding="utf-8"))
    assert [row["given"][1]["note"] for row in merged if "given" in row] == ["Ironic?", ""]
    said = stancekit(
        *("annotate", "--adjudicate", "merged.jsonl", "--articles", "articles", "--codebook", "book.yaml", "--blind", "-o", "settle.html")
    )
    assert "2 statements to settle, 10 on which nothing is open" in said

    judge = hire(project / "settle.html", "judge")
    assert judge.text("#source") == "Valley News · 2025-03-02"
    assert (judge.checked(), judge.text("#state")) == (["bad"] if "noisy" in judge.text("#text") else ["good"], "not begun · open: stance")
    assert judge.page.locator(".given:visible").count() == 0
    assert not judge.page.is_visible("#given")
    judge.page.click("#given-switch")  # no longer blind
    assert judge.said() == "What the annotators gave is shown."
    named = judge.page.eval_on_selector_all(".given:not([hidden])", "nodes => nodes.map((node) => node.textContent)")
    assert sorted(named) == ["ann", "ann, ben", "ben"]
    assert "ben\nIronic?" in judge.text("#given")
    assert judge.page.evaluate(CONTRAST)["faults"] == []
    assert all(name for _, name in names_of(judge.page))
    judge.page.click("text=Whole article")
    assert judge.text("#article mark") == judge.text("#text")
    assert judge.text("#article-text").count("Resident1") == 4
    judge.press("Escape", "v")
    assert judge.page.locator(".given:visible").count() == 0
    for _ in range(2):
        judge.page.click(f"#task-0 .pick:has-text('{'oppose' if any(w in judge.text('#text') for w in WORDS['1']) else 'support'}')")
        judge.page.click("#confirm")
    judge.page.reload()
    assert judge.text("#counts") == "2 done · 0 skipped · 0 left"
    _, content = judge.download()
    assert judge.said().endswith("12 rows. All statements are in it.")
    rows = rows_of(content)
    assert [row["statement_id"] for row in rows] == [row["statement_id"] for row in merged]
    assert {row["annotator"] for row in rows} == {"judge"}
    again = hire(project / "settle.html", "judge", viewport={"width": 390, "height": 844}, color_scheme="dark")
    assert again.page.evaluate("document.documentElement.scrollWidth") == 390
    again.press("v")
    assert again.page.evaluate(CONTRAST)["faults"] == []
    assert again.upload("settled.jsonl", content) == "2 statements restored, 0 replaced, 0 as they were."
    again.press("Escape", "u")
    assert (again.text("#counts"), len(again.checked())) == ("0 done · 0 skipped · 2 left", 1)

    write(project / "settled.jsonl", content)
    check = ["annotations", "check", "settled.jsonl", "--codebook", "book.yaml", "--articles", "articles"]
    assert "12 annotations by 'judge', no errors" in stancekit(*check)
    assert "Macro-F1" in stancekit("run", "it.yaml", "--out", "out")
    assert json.loads(Path("out/metrics.json").read_text())["n"] == 12

    soft = CONFIG.replace("settled", "merged").replace("schemes:", "soft_labels: true\nschemes:")
    write(Path("soft.yaml"), soft.replace("recipes: [majority, tfidf]", "recipes: [tfidf]"))
    contested = "annotators differ on 2 of 12 statements; on 2 of these they tie: these train by their shares and are not scored"
    assert f"Note: {contested}." in stancekit("run", "soft.yaml", "--out", "soft")
    assert contested[1:] in Path("soft/report/index.html").read_text(encoding="utf-8")


def test_the_holder_is_offered_from_the_registry_and_shown_whole(hire: Any, project: Path) -> None:
    coder = hire(project / "page.html", "ann", viewport={"width": 390, "height": 844})
    name = "Residents' Association of the Lower Valley and Its Hamlets"
    assert name in coder.page.eval_on_selector_all("#holders option", "nodes => nodes.map((node) => node.value)")
    write(Path("articles/a0.txt"), "Another text, with none of the statements.")
    with pytest.raises(InputError, match="does not stand at its place in its article"):
        stancekit("annotate", "statements.jsonl", "--articles", "articles", "--codebook", "book.yaml", "-o", "page.html")
    coder.press("h")
    coder.page.fill("#holder", name)
    assert coder.text("#holder-hint") == name
    coder.page.fill("#holder", "Residents")
    assert coder.text("#holder-hint") == ""
    assert coder.page.evaluate(CONTRAST)["faults"] == []
    assert coder.page.evaluate("document.documentElement.scrollWidth") == 390


def test_nothing_to_settle_is_said(project: Path) -> None:
    rows = rows_of(Path("statements.jsonl").read_text(encoding="utf-8"))
    kept = ("article_id", "start", "end", "text", "holder")
    made = [
        {name: row[name] for name in kept}
        | {"statement_id": row["id"], "labels": {"stance": "oppose", "tone": "bad"}, "annotator": "ann", "codebook_version": "1.0.0"}
        for row in rows
    ]
    for name in ("ann", "ben"):
        write(Path(f"{name}.jsonl"), "".join(json.dumps(row | {"annotator": name}) + "\n" for row in made))
    stancekit("annotations", "merge", "ann.jsonl", "ben.jsonl", "--codebook", "book.yaml", "-o", "merged.jsonl")
    with pytest.raises(InputError, match="holds nothing to settle"):
        stancekit("annotate", "--adjudicate", "merged.jsonl", "--codebook", "book.yaml", "-o", "settle.html")
