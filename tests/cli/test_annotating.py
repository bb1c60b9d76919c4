"""Commands over hand labels, as a user types them: what they write, and what they say when something is wrong."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stancekit.cli.main import app
from stancekit.errors import InputError, RefusedError
from stancekit.experiment import load_experiment
from stancekit.io.files import read_jsonl

ROOT = Path(__file__).parents[2]
PASSES = [str(ROOT / "annotations" / "passes" / f"reader_{name}.jsonl") for name in "ab"]
SHIPPED = str(ROOT / "annotations" / "ofsted.jsonl")
BOOK = ["--codebook", str(ROOT / "annotations" / "codebook.yaml")]


def stancekit(*arguments: object) -> str:
    """Standard output and error of a command that works."""
    done = CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("statements") / "statements.jsonl"
    stancekit("statements", ROOT / "seeds", "--actors", ROOT / "annotations" / "actors.yaml", "-o", path)
    return path


def test_agreement_prints_a_table_and_writes_figures_and_a_plot(tmp_path: Path) -> None:
    said = stancekit("annotations", "agreement", *PASSES, *BOOK, "-o", tmp_path / "a.json", "--plot", tmp_path / "a.png")
    assert "Krippendorff's α    .97 [.91, 1.00]" in said
    figures = {task["task"]: task["figures"] for task in json.loads((tmp_path / "a.json").read_text())["tasks"]}
    assert figures["sentiment"]["raw"]["point"] == pytest.approx(128 / 130)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_agreement_needs_two_annotators() -> None:
    with pytest.raises(InputError, match="give the files of two annotators or more"):
        stancekit("annotations", "agreement", SHIPPED, *BOOK)


def test_merge_leaves_ties_open_and_says_so(tmp_path: Path) -> None:
    said = stancekit("annotations", "merge", *PASSES, *BOOK, "-o", tmp_path / "merged.jsonl")
    assert "130 annotations, 9 labels left open" in said
    with pytest.raises(InputError, match="no label for task 'sentiment'; several annotators tie on it"):
        stancekit("annotations", "check", tmp_path / "merged.jsonl", *BOOK, "--articles", ROOT / "seeds")


@pytest.mark.parametrize("tool", ["labelstudio", "doccano", "csv"])
def test_what_goes_to_a_tool_comes_back_byte_for_byte(tmp_path: Path, tool: str) -> None:
    stancekit("annotations", "export", SHIPPED, "--to", tool, *BOOK, "-o", tmp_path / "out")
    stancekit("annotations", "import", tmp_path / "out", "--from", tool, *BOOK, "-o", tmp_path / "back.jsonl")
    assert (tmp_path / "back.jsonl").read_bytes() == Path(SHIPPED).read_bytes()


def test_a_page_and_the_queues_for_it(tmp_path: Path, statements: Path) -> None:
    part = tmp_path / "part.jsonl"
    part.write_text("".join(Path(SHIPPED).read_text(encoding="utf-8").splitlines(keepends=True)[:40]), encoding="utf-8")
    stancekit("suggest", statements, "--labelled", part, *BOOK, "-n", 5, "-o", tmp_path / "next.jsonl")
    queue = [row for _, row in read_jsonl(tmp_path / "next.jsonl")]
    labelled = {row["statement_id"] for _, row in read_jsonl(part)}
    assert len(queue) == 5
    assert not labelled & {row["id"] for row in queue}
    said = stancekit("annotate", tmp_path / "next.jsonl", *BOOK, "-o", tmp_path / "page.html")
    assert f"5 statements to annotate → {tmp_path / 'page.html'}" in said
    assert queue[0]["text"][:20] in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_review_queue_names_label_and_model(tmp_path: Path, statements: Path) -> None:
    said = stancekit("suggest", statements, "--labelled", SHIPPED, "--review", *BOOK, "-n", 3, "-o", tmp_path / "review.jsonl")
    assert "out of fold the model says" in said
    assert len(list(read_jsonl(tmp_path / "review.jsonl"))) == 3


def test_labels_are_checked_against_articles_of_other_columns_and_encodings(tmp_path: Path) -> None:
    rows = [{"doc": path.stem, "body": path.read_bytes().decode()} for path in sorted((ROOT / "seeds").glob("*.txt"))]
    table = tmp_path / "seeds.jsonl"
    table.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-16", newline="\n")
    check = ["annotations", "check", SHIPPED, *BOOK, "--articles", table]
    named = ["--column", "text=body", "--column", "id=doc"]
    assert "no errors" in stancekit(*check, *named, "--encoding", "utf-16")
    with pytest.raises(InputError, match="is not UTF-8; save the file as UTF-8, or name its encoding: --encoding NAME"):
        stancekit(*check, *named)
    with pytest.raises(InputError, match="has no column 'text'; it has 'doc', 'body'"):
        stancekit(*check, "--encoding", "utf-16")
    done = CliRunner().invoke(app, [*map(str, check), "--column", "text"])
    assert (done.exit_code, "expected FIELD=NAME" in " ".join(done.output.replace("│", " ").split())) == (2, True)


def test_labels_are_checked_and_trained_on_as_their_statements_were_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles that look unwrapped, joined all the same, with markup that is repaired, told to be English."""
    monkeypatch.chdir(tmp_path)
    rows = [
        {"id": f"a{n}", "text": f"<p>The guild {n} said\nit would sue.</p><p>It is <b>late</b>.</p>", "language": "fr"} for n in range(3)
    ]
    Path("articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    how = ["--lines", "join", "--repair", "--language", "en"]
    stancekit("statements", "articles.jsonl", *how, "-o", "statements.jsonl")
    made: list[dict[str, object]] = []
    for number, (_, row) in enumerate(read_jsonl(Path("statements.jsonl"))):
        made.append({name: row[name] for name in ("article_id", "start", "end", "text", "holder", "joined")} | {"statement_id": row["id"]})
        labels = {"stance": ["oppose", "support"][number % 2], "issue": "other", "sentiment": "negative"}
        made[-1] |= {"labels": labels, "also": [], "annotator": "one", "codebook_version": "1.1.0", "note": ""}
    assert [row["text"] for row in made[:2]] == ["The guild 0 said it would sue.", "It is late."]
    Path("labels.jsonl").write_text("".join(json.dumps(row) + "\n" for row in made))
    check = ["annotations", "check", "labels.jsonl", *BOOK, "--articles", "articles.jsonl"]
    assert "6 annotations by 'one', no errors" in stancekit(*check, *how)
    with pytest.raises(InputError, match="is no sentence of its article as read here: lines, repair and language must be those"):
        stancekit(*check, "--repair", "--language", "en")
    data = f"articles: articles.jsonl, annotations: labels.jsonl, codebook: {json.dumps(str(BOOK[1]))}"
    config = (
        f"name: it\ndata: {{{data}, lines: join, repair: true, language: en}}\ntasks: [stance]\ndefault: majority\nrecipes: [majority]\n"
    )
    Path("config.yaml").write_text(config)
    assert [e.input.text for e in load_experiment(Path("config.yaml")).dataset.examples] == [row["text"] for row in made]
    Path("config.yaml").write_text(config.replace("lines: join", "lines: keep"))
    with pytest.raises(InputError, match="is no sentence of its article as read here"):
        load_experiment(Path("config.yaml"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["annotations", "export", SHIPPED, "--to", "excel", "-o", "x"], "labelstudio, doccano, csv, huggingface"),
        (["annotations", "import", SHIPPED, "--from", "excel", "-o", "x"], "labelstudio, doccano, csv"),
        (["annotations", "merge", *PASSES, "--method", "mean", "-o", "x"], "majority, dawid_skene"),
        (["suggest", SHIPPED, "--review", "-o", "x"], "--labelled FILE"),
        (["suggest", SHIPPED, "--model", "oracle", "-o", "x"], "tfidf, embedding"),
        (["codebook", "show"], "--schema"),
        (["statements", "seeds", "--parser", "oracle"], "spacy"),
    ],
)
def test_wrong_options_name_what_is_allowed(arguments: list[str], message: str) -> None:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert message in " ".join(done.output.replace("│", " ").split())


def test_a_file_beside_the_export_that_nobody_named_is_not_replaced(tmp_path: Path) -> None:
    arguments = ("annotations", "export", ROOT / "annotations" / "ofsted.jsonl", "--to", "labelstudio", *BOOK, "-o", tmp_path / "x.json")
    (tmp_path / "x.xml").write_text("precious")
    with pytest.raises(RefusedError, match=r"x\.xml: would be replaced by the tool's set-up; move it away, or --overwrite"):
        stancekit(*arguments)
    assert [p.name for p in tmp_path.iterdir()] == ["x.xml"]
    stancekit(*arguments, "--overwrite")
    stancekit(*arguments)  # the same set-up again
    assert (tmp_path / "x.xml").read_text() != "precious"
