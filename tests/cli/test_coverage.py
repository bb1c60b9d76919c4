"""Coverage on the command line: pipes, columns, encodings, and output that is whole or not there."""

import gzip
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from stancekit.edits import slice_text

TEXT = "The plan must wait, a spokesperson for Union Ka said. “It is far too hasty,” she added."
COMMAND = [sys.executable, "-m", "stancekit.cli", "statements"]


def statements(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *map(str, arguments)], input=stdin, capture_output=True, timeout=120)


def rows(count: int) -> bytes:
    return "".join(json.dumps({"doc": f"00{i}", "body": TEXT}) + "\n" for i in range(count)).encode()


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (rows(2), "jsonl"),
        (gzip.compress(rows(2), mtime=0), "jsonl.gz"),
        (f"doc;body\r\n000;{TEXT}\r\n001;{TEXT}\r\n".encode(), "csv"),
    ],
)
def test_standard_input_goes_to_standard_output(data: bytes, format: str) -> None:
    done = statements("-", "--format", format, "--column", "text=body", "--column", "id=doc", stdin=data)
    assert done.returncode == 0
    assert [json.loads(line)["article_id"] for line in done.stdout.splitlines()] == ["000", "000", "001", "001"]
    assert b"2 articles, 4 statements, 0 rejected" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ("a.jsonl", 3, "a.jsonl: has no column 'text'; it has 'doc', 'body'; say which holds the text: --column text=NAME"),
        ("a.jsonl --column text=bdy", 3, "has no column 'bdy' - did you mean 'body'"),
        ("a.jsonl --column txet=body", 3, "columns (--column): unknown field 'txet' - did you mean 'text'"),
        ("a.jsonl --column body", 2, "expected FIELD=NAME"),
        ("a.jsonl --column text=a --column text=b", 2, "expected FIELD=NAME, each field once"),
        ("a.jsonl --encoding utf-9", 3, "encoding: 'utf-9' is no text encoding"),
        ("-", 3, "standard input: say what it holds: --format NAME"),
        ("a.jsonl --format csv", 3, "is not among the inputs"),
        ("*.jsonl -o b.jsonl", 4, "is among the inputs"),
        ("none.txt -o b.jsonl", 3, "none.txt: no such file or folder"),
    ],
)
def test_mistakes_are_told_and_write_nothing(tmp_path: Path, arguments: str, code: int, message: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(rows(1))
    done = subprocess.run(
        [*COMMAND, *arguments.split()], cwd=tmp_path, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL
    )
    assert done.returncode == code
    assert message in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]


def test_what_is_rejected_is_said_and_the_counts_add_up(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl.gz").write_bytes(gzip.compress(rows(1) + b"{broken\n" + rows(1)))
    (tmp_path / "in" / "b.txt").write_bytes(TEXT.encode("cp1252"))
    done = statements(tmp_path / "in", "--column", "text=body", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 0
    assert b"2 articles, 4 statements, 2 rejected" in done.stderr
    assert b"a.jsonl.gz:2: not a JSON object" in done.stderr
    assert b"b.txt:1: byte 0x93 at offset" in done.stderr
    assert b"words: 34 read = 100 % statements + 0 % headings + 0 % boilerplate + 0 % furniture" in done.stderr
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 4


def test_lines_come_while_the_input_still_runs_and_a_file_only_when_it_has_ended(tmp_path: Path) -> None:
    arguments = ["-", "--format", "jsonl", "--column", "text=body"]
    with subprocess.Popen([*COMMAND, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as piped:
        assert piped.stdin is not None
        assert piped.stdout is not None
        piped.stdin.write(rows(1))
        piped.stdin.flush()
        assert json.loads(piped.stdout.readline())["kind"] == "sentence"  # the end of the input is not waited for
        piped.communicate(timeout=60)
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    with subprocess.Popen([*COMMAND, *arguments, "-o", str(out)], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as cut:
        assert cut.stdin is not None
        cut.stdin.write(rows(1000))
        cut.stdin.flush()
        while not any(p.stat().st_size for p in tmp_path.glob(".out.jsonl.*.tmp")):
            time.sleep(0.05)
        os.kill(cut.pid, signal.SIGTERM)
        assert cut.wait(timeout=60) == 143
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
    assert out.read_text() == "old"


def test_output_redirected_into_the_input_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The plan is good, a union said.")
    command = f"{sys.executable} -m stancekit.cli statements . > out.jsonl"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 4
    assert "standard output goes into a file of the input" in done.stderr
    assert (tmp_path / "out.jsonl").read_text() == ""


def test_standard_input_that_is_the_output_too_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.jsonl").write_bytes(rows(2))
    command = f"{sys.executable} -m stancekit.cli statements - --format jsonl --column text=body < s.jsonl >> s.jsonl"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 4
    assert "standard output goes into this input" in done.stderr
    assert (tmp_path / "s.jsonl").read_bytes() == rows(2)


def test_standard_input_may_be_redirected_with_the_output(tmp_path: Path) -> None:
    command = f"{sys.executable} -m stancekit.cli statements - --format jsonl --column text=body > out.jsonl"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, input=rows(2).decode(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 4


def test_names_of_files_do_not_reach_the_terminal_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m\u202e.odt").write_text("x")
    (tmp_path / "b.txt").write_text(TEXT)
    done = statements(tmp_path)
    assert b"\x1b" not in done.stderr
    assert rb"a\x1b[31m\u202e.odt: no reader" in done.stderr


@pytest.mark.parametrize("name", ["codebook", "actors"])
def test_a_broken_file_that_nobody_named_is_a_warning(tmp_path: Path, name: str) -> None:
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations" / f"{name}.yaml").write_text("{broken")
    (tmp_path / "a.txt").write_text(TEXT)
    done = subprocess.run([*COMMAND, "a.txt"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert ("warning: annotations/actors.yaml is not used" in done.stderr) == (name == "actors")


def test_a_page_that_cannot_be_made_leaves_no_output_behind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    done = statements(tmp_path / "a.txt", "--page", tmp_path / "page.html", "--threshold", "7", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt"]


def test_an_article_too_long_for_the_page_is_left_out_of_it_alone(tmp_path: Path) -> None:
    long = {"id": "long", "text": TEXT + "\n" * 1_000_000}
    for names in (["long"], ["short", "long"]):
        documents = [{"id": "short", "text": TEXT}, long][-len(names) :]
        (tmp_path / "a.jsonl").write_text("".join(json.dumps(document) + "\n" for document in documents))
        page, out = tmp_path / "page.html", tmp_path / "out.jsonl"
        done = statements(tmp_path / "a.jsonl", "--page", page, "-o", out)
        assert done.returncode == 0, done.stderr
        why = "left out of the page: it has 1,000,087 characters, and a page shows articles of at most 1,000,000"
        assert f"long: {why}" in done.stderr.decode()
        assert why in page.read_text()
        assert [json.loads(line)["article_id"] for line in out.read_text().splitlines()] == [name for name in names for _ in range(2)]


def test_longer_ids_are_said(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": "1", "text": f"{name}: {TEXT}"}) + "\n")
    done = statements(tmp_path / "b.jsonl", tmp_path / "a.jsonl")
    assert [json.loads(line)["article_id"] for line in done.stdout.splitlines()] == ["b/1", "b/1", "a/1", "a/1"]
    assert done.stderr.decode().count("the table's name comes before them") == 2
    assert b"as in 'a/1'" in done.stderr


def test_damage_is_said_once_and_repaired_on_request(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Nothing is good. â€œThe cap is full of holes,â€\ufffd said its secretary, Ioan Parry.", encoding="utf-8"
    )
    done = statements(tmp_path / "a.txt")
    assert done.stderr.decode().count("damaged text: 2 mojibake (first 'â€œ' in line 1): read as it is; --repair mends it") == 1
    assert "â€œThe cap is full of holes,â€\ufffd" in json.loads(done.stdout.splitlines()[-1])["text"]
    pytest.importorskip("ftfy")
    done = statements(tmp_path / "a.txt", "--repair")
    found, source = [json.loads(line) for line in done.stdout.splitlines()], (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert [row["speaker"] for row in found] == ["narrator", "Ioan Parry"]
    assert found[1]["text"].startswith("“The cap is full of holes,” said")
    assert [slice_text(source, row["start"], row["end"], row["joined"]) for row in found] == [row["text"] for row in found]


def test_wrapped_lines_are_joined_and_that_is_said_once(tmp_path: Path) -> None:
    text = "\n".join(textwrap.wrap(f"{TEXT} {TEXT} {TEXT}", 60))
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "c.txt").write_text(TEXT, encoding="utf-8")
    done = statements(tmp_path)
    assert "lines: joined in 2 articles, 6 line breaks; --lines keep leaves them" in done.stderr.decode()
    done = statements(tmp_path, "--lines", "keep")
    assert "joined" not in done.stderr.decode()
    assert all(json.loads(line)["joined"] == [] for line in done.stdout.splitlines())
    assert statements(tmp_path, "--lines", "no").returncode == 2


@pytest.mark.parametrize("output", ["| head -1", "| true", "2>&1 | head -1", "--suggest-actors | true"])
def test_a_reader_that_goes_away_ends_it_quietly(tmp_path: Path, output: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(rows(400))
    command = f"set -o pipefail; {sys.executable} -m stancekit.cli statements a.jsonl --column text=body {output}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "rror" not in done.stderr
    assert len(done.stdout.splitlines()) == output.count("head")


def test_a_file_is_written_whole_where_nobody_reads_the_messages(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(rows(100))
    command = f"set -o pipefail; {sys.executable} -m stancekit.cli statements a.jsonl --column text=body -o out.jsonl 2>&1 | true"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 200


@pytest.mark.parametrize("command", ["check", "export"])
def test_the_help_says_whose_encoding_it_is(command: str) -> None:
    done = subprocess.run([*COMMAND[:-1], "annotations", command, "--help"], capture_output=True, text=True, timeout=120)
    assert "Text encoding of the articles; all other files are UTF-8." in " ".join(done.stdout.replace("│", " ").split())


def test_what_is_rejected_for_one_reason_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(rows(1) + b'{"doc": "x"}\n' * 1500)
    done = statements(tmp_path / "a.jsonl", "--column", "text=body", "--column", "id=doc").stderr.decode()
    where = tmp_path / "a.jsonl"
    assert [line for line in done.splitlines() if "rejected" in line] == [
        f"rejected: {where}:2: 'body' is missing, empty or not text (1500 times: also {where}:3, {where}:4 …)",
        "1 article, 2 statements, 1500 rejected",
    ]


def test_rows_have_the_article_the_actor_and_the_columns_that_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'text,date,outlet,party\n"{TEXT}",3 March 2025,Bugle,Lab\n')
    (tmp_path / "actors.yaml").write_text("actors: [{name: Ka Workers, kind: union, aliases: [Union Ka]}]")
    arguments = ["a.csv", "--keep", "party", "--keep", "headings"]
    for extra, actor in (([], None), (["--actors", "actors.yaml"], "Ka Workers")):
        done = subprocess.run([*COMMAND, *arguments, *extra], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert list(rows[0])[-7:] == ["date", "outlet", "title", "url", "language", "party", "actor"]
        assert [(r["date"], r["outlet"], r["title"], r["party"], r["actor"]) for r in rows] == [
            ("2025-03-03", "Bugle", None, "Lab", actor)
        ] * 2
        assert "--keep headings: every unit is in the output anyway" in done.stderr


def test_corrections_are_applied_and_those_that_fit_no_longer_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    first, second = [json.loads(line) for line in statements(tmp_path / "a.txt").stdout.splitlines()]
    was = {name: second[name] for name in ("speaker", "organisation", "holder")}
    right = {"id": second["id"], "text": second["text"], "was": was, "speaker": "Ann Lee", "organisation": "Union Lo", "holder": "Union Lo"}
    gone = [right | {"id": f"a:{k}-9"} for k in range(5)]
    lines = [right, *gone, right | {"id": first["id"], "text": "The plan."}, {"merge": "Union Lo", "into": "Lo"}]
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = statements(
        tmp_path / "a.txt", "--corrections", tmp_path / "c.jsonl", "--page", tmp_path / "page.html", "-o", tmp_path / "out.jsonl"
    )
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    changed = {"attribution": "corrected", "attribution_confidence": 1.0, "actor_kind": None}
    assert out == [first, second | changed | {"speaker": "Ann Lee", "organisation": "Lo", "holder": "Lo"}]
    said = done.stderr.decode()
    assert "c.jsonl: 2 of 8 corrections applied" in said
    assert "not applied: " in said
    assert "c.jsonl:2: there is no statement 'a:0-9'" in said
    assert "and 2 more like it" in said
    assert f"c.jsonl:7: the text of '{first['id']}' is another" in said
    assert '"corrected"' in (tmp_path / "page.html").read_text(encoding="utf-8")
