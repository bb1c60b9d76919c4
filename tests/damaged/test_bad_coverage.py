"""Bad inputs of `label`: each ends as it is written here, with an exit code, a message and, where there are labels, the counts."""

import gzip
import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from commands import run

from article_files import docx_of
from stancekit.actors import Actors
from stancekit.crossval import fit_on_all
from stancekit.models.saved import save_model
from toy import codebook, dataset

GOOD = "The union said no."
ROW = json.dumps({"id": "r", "text": GOOD})
MIB = 2**20


@dataclass(frozen=True)
class Bad:
    """What is written into the folder `in`, beside a sound article where there is a `good` one, and how the command ends."""

    write: Callable[[Path], object]
    code: int
    message: str
    labelled: int | None = None
    rejected: int | None = None
    options: tuple[str, ...] = ()
    good: bool = True
    path: str = "in"


def file(name: str, data: bytes | str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


def parquet(name: str, table: dict[str, list[object]], damage: Callable[[bytearray], object] = lambda _: None) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        out = io.BytesIO()
        pq.write_table(pa.table(table), out, write_page_checksum=True, compression="none", use_dictionary=False, write_statistics=False)
        data = bytearray(out.getvalue())
        damage(data)
        (folder / name).write_bytes(data)

    return write


def flip(data: bytearray) -> None:
    data[data.index(b"union")] ^= 0x20


def zipped(name: str, **parts: bytes) -> Callable[[Path], object]:
    def write(folder: Path) -> None:
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as packed:
            for part, data in parts.items():
                packed.writestr(part.replace("__", "/").replace("_xml", ".xml"), data)

    return write


def link(name: str, target: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).symlink_to(target)


def both(*acts: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda folder: [act(folder) for act in acts]


def rejected(write: Callable[[Path], object], message: str, count: int = 1, labelled: int = 1, **named: object) -> Bad:
    """Of a bad document beside a good one: it is rejected, the other labelled."""
    return Bad(write, 0, message, labelled, count, **named)  # type: ignore[arg-type]


def refused(write: Callable[[Path], object], message: str, code: int = 3, **named: object) -> Bad:
    """Of a mistake of the call: nothing is labelled."""
    return Bad(write, code, message, **named)  # type: ignore[arg-type]


def nothing(folder: Path) -> None:
    pass


LONG = b'{"id": "long", "text": "' + b"a" * (65 * MIB) + b'"}\n'
BOMB = gzip.compress(b'{"id": "x", "text": "' + b" " * (80 * MIB), 9)
WIDE = ",".join(f"c{i}" for i in range(10_000))
CASES: dict[str, Bad] = {
    # texts
    "Latin-1": rejected(
        file("b.txt", "Café".encode("latin-1")),
        r"b\.txt:1: byte 0xe9 at offset 3 is not UTF-8; save the file as UTF-8, or name its encoding",
    ),
    "UTF-16": rejected(file("b.txt", GOOD.encode("utf-16")), r"b\.txt: looks like UTF-16 and is not UTF-8"),
    "a picture called a text": rejected(file("b.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))), r"b\.txt:1: byte 0x89"),
    "NUL characters": rejected(file("b.txt", "The union\0 said no."), r"b\.txt.*NUL"),
    "an empty text": rejected(file("b.txt", ""), r"b\.txt: is empty"),
    "white space alone": rejected(file("b.txt", " \n\t\n"), r"b\.txt: is empty"),
    "a word that stands for no text": rejected(file("b.txt", "NaN\n"), r"'NaN', which stands for no text"),
    "boilerplate alone": rejected(file("b.txt", "Your thoughts"), r"article 'b': no sentence was found in it"),
    "a file of another kind": rejected(file("b.odt", "x"), r"no reader for '\.odt' files \(allowed: \.txt"),
    # JSON Lines
    "a line that is no JSON": rejected(file("b.jsonl", f"{ROW}\n{{broken\n"), r"b\.jsonl:2: not a JSON object", labelled=2),
    "a line that is a list": rejected(file("b.jsonl", f"[1]\n{ROW}\n"), r"b\.jsonl:1: not a JSON object but list", labelled=2),
    "a key twice": rejected(file("b.jsonl", f'{ROW}\n{{"id": "a", "id": "b", "text": "x"}}\n'), r":2: key 'id' occurs twice", labelled=2),
    "no text": rejected(file("b.jsonl", f'{ROW}\n{{"id": "c"}}\n'), r":2: 'text' is missing, empty or not text", labelled=2),
    "an empty id": rejected(file("b.jsonl", f'{ROW}\n{{"id": "", "text": "Yes."}}\n'), r":2: 'id' is missing or empty", labelled=2),
    "a text that is a number": rejected(file("b.jsonl", f'{ROW}\n{{"id": "c", "text": 3}}\n'), r":2: 'text' is", labelled=2),
    "a title that is a list": rejected(
        file("b.jsonl", f'{ROW}\n{{"id": "c", "text": "x", "title": []}}\n'), r"'title' is \[\]", labelled=2
    ),
    "the same id twice": rejected(file("b.jsonl", f"{ROW}\n{ROW}\n"), r"b\.jsonl:2: the id 'r' has occurred before", labelled=2),
    "a lone surrogate": rejected(
        file("b.jsonl", f'{ROW}\n{{"id": "c", "text": "\\ud800 no"}}\n'), r":2: holds a lone surrogate", labelled=2
    ),
    "a NUL in JSON": rejected(file("b.jsonl", f'{ROW}\n{{"id": "c", "text": "\\u0000 no"}}\n'), r":2: holds a NUL character", labelled=2),
    "NaN in JSON": rejected(file("b.jsonl", f'{ROW}\n{{"id": NaN, "text": "x"}}\n'), r":2: not a JSON object: NaN is not JSON", labelled=2),
    "nested ten thousand deep": rejected(file("b.jsonl", f"{ROW}\n{'[' * 10_000}\n"), r":2: ", labelled=2),
    "a line of 65 MiB": rejected(file("b.jsonl", LONG + ROW.encode() + b"\n"), r"b\.jsonl:1: .*67,108,864 bytes", labelled=2),
    "a text of five million characters": rejected(
        file("b.jsonl", f'{{"id": "long", "text": "{"a" * 5_000_000}"}}\n{ROW}\n'),
        r"b\.jsonl:1: has 5,000,000 characters; a text that is labelled has 4,194,304 at most: cut it",
        labelled=2,
    ),
    "bytes that are not UTF-8 in one line": rejected(
        file("b.jsonl", f"{ROW}\n".encode() + b'{"id": "c", "text": "Caf\xe9"}\n'), r":2: ", labelled=2
    ),
    "no line at all": rejected(file("b.jsonl", ""), r"b\.jsonl: "),
    "blank lines without end": rejected(file("b.jsonl", f"{ROW}\n" + "\n" * 100_002), r"100,000 blank lines on end", labelled=2),
    # CSV
    "a row with too few cells": rejected(file("b.csv", f"id,text\nr,{GOOD}\nx\n"), r"b\.csv:3: ", labelled=2),
    "a row with too many cells": rejected(file("b.csv", f"id,text\nr,{GOOD}\nx,y,z\n"), r"b\.csv:3: ", labelled=2),
    "a quote that never ends": rejected(file("b.csv", f'id,text\nr,{GOOD}\nx,"never\n'), r"b\.csv:3: ", labelled=2),
    "a header twice": rejected(file("b.csv", "id,text,text\nr,x,y\n"), r"b\.csv:1: column 'text' occurs twice"),
    "no column of texts": rejected(file("b.csv", "id,body\nr,x\n"), r"b\.csv:1: has no column 'text'; it has 'id', 'body'"),
    "a header alone": rejected(file("b.csv", "id,text\n"), r"b\.csv"),
    "ten thousand columns": rejected(file("b.csv", f"{WIDE}\n{WIDE}\n"), r"b\.csv:1: has no column 'text'"),
    "a cell of 65 MiB": rejected(file("b.csv", b"id,text\nr," + b"a" * (65 * MIB) + b"\n"), r"b\.csv:2: .*67,108,864 bytes"),
    "binary data called CSV": rejected(file("b.csv", bytes(range(256)) * 8), r"b\.csv"),
    # compressed
    "gzip that expands a thousandfold": rejected(file("b.jsonl.gz", BOMB), r"bytes of gzip data unpack to more than 67,108,864"),
    "gzip that is none": rejected(file("b.jsonl.gz", "plain text"), r"is no sound gzip file"),
    "gzip that ends too early": rejected(file("b.txt.gz", gzip.compress(GOOD.encode() * 500)[:-20]), r"the gzip data end too early"),
    "gzip with a wrong checksum": rejected(file("b.txt.gz", gzip.compress(GOOD.encode())[:-8] + b"\0" * 8), r"is no sound gzip file"),
    # Parquet
    "Parquet that is none": rejected(file("b.parquet", "PAR1 nonsense PAR1"), r"b\.parquet"),
    "Parquet that ends too early": rejected(
        parquet("b.parquet", {"id": ["r"], "text": [GOOD]}, lambda d: d.__delitem__(slice(-30, None))), r"b\.parquet"
    ),
    "Parquet with a corrupt page": rejected(
        parquet("b.parquet", {"id": ["r"], "text": [GOOD]}, flip), r"b\.parquet.*(CRC|corrupt|checksum)"
    ),
    "Parquet with texts of bytes": rejected(parquet("b.parquet", {"id": ["r"], "text": [b"\xff"]}), r"b\.parquet"),
    "Parquet with a null text": rejected(
        parquet("b.parquet", {"id": ["r", "s"], "text": [GOOD, None]}), r"b\.parquet:2: 'text' is", labelled=2
    ),
    "Parquet without texts": rejected(parquet("b.parquet", {"id": ["r"]}), r"b\.parquet: has no column 'text'"),
    # office, pages
    "a workbook that is none": rejected(file("b.xlsx", "no zip"), r"b\.xlsx"),
    "a workbook of another kind of zip": rejected(zipped("b.xlsx", a=b"x"), r"b\.xlsx"),
    "a document that is none": rejected(file("b.docx", "no zip"), r"b\.docx"),
    "a document without text": rejected(file("b.docx", docx_of("")), r"b\.docx"),
    "a document that unpacks to 65 MiB": rejected(
        zipped("b.docx", word__document_xml=b"<a>" + b" " * (65 * MIB) + b"</a>"), r"b\.docx.*67,108,864"
    ),
    "a document with entities": rejected(zipped("b.docx", word__document_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), r"b\.docx"),
    "a PDF that is none": rejected(file("b.pdf", "no PDF"), r"b\.pdf"),
    "a page without an article": rejected(file("b.html", "<html><body></body></html>"), r"b\.html"),
    "JSON that is none": rejected(file("b.json", "{"), r"b\.json"),
    # what is no file, names
    "a FIFO": rejected(lambda folder: os.mkfifo(folder / "b.txt"), r"b\.txt: is no file that can be opened"),
    "a link to itself": rejected(link("b.txt", "b.txt"), r"b\.txt: is no file that can be opened"),
    "a link to nothing": rejected(link("b.txt", "nowhere"), r"b\.txt: is no file that can be opened"),
    "a link to its own folder": rejected(link("b", "."), r"in/b: links to .*, which is read anyway or holds what is read"),
    "a device": rejected(link("b.txt", "/dev/zero"), r"b\.txt: is no file that can be opened"),
    "a folder with a file's name": rejected(lambda folder: (folder / "b.txt").mkdir(), r"b\.txt: is a folder, not a file"),
    "a name that is not UTF-8": rejected(
        lambda folder: Path(os.fsdecode(os.fsencode(folder) + b"/b\xff.txt")).write_text(GOOD), r"b\\xff\.txt: its name is not UTF-8"
    ),
    "a name with a line feed": rejected(file("b\n.txt", ""), r"b\n\.txt: is empty"),
    "the same article in two files": rejected(
        both(file("b.jsonl", f"{ROW}\n"), file("c.jsonl", f"{ROW}\n")),
        r"c\.jsonl:1: the id 'r' has occurred before, with the same text",
        labelled=2,
    ),
    # manifests
    "a manifest that is no YAML": refused(file("manifest.yaml", "articles: ["), r"manifest\.yaml:\d+: "),
    "a manifest that leads out": refused(
        file("manifest.yaml", "articles:\n  - {id: a, file: ../x.txt, sha256: " + "a" * 64 + "}\n"), r"manifest\.yaml"
    ),
    "a manifest of a file that is not there": refused(
        file("manifest.yaml", "articles:\n  - {id: a, file: x.txt, sha256: " + "a" * 64 + "}\n"), r"x\.txt"
    ),
    "a manifest of a file that has changed": refused(
        both(file("x.txt", "No."), file("manifest.yaml", "articles:\n  - {id: a, file: x.txt, sha256: " + "a" * 64 + "}\n")),
        r"x\.txt has changed",
    ),
    # the call
    "a folder without files": refused(nothing, r"in: holds no file that a reader knows", good=False),
    "a path that is not there": refused(nothing, r"none: no such file or folder", path="none"),
    "a pattern without a match": refused(nothing, r"matches no file that a reader knows", path="in/*.csv"),
    "a file of another kind alone": refused(file("b.odt", "x"), r"no reader for '\.odt' files", path="in/b.odt"),
    "a column that no table has": refused(file("b.csv", "id,text\nr,x\n"), r"has no column 'body'", options=("--column", "text=body")),
    "a column of no table": refused(
        nothing, r"are for files with columns, and none is among the inputs", options=("--column", "text=body")
    ),
    "an encoding that is none": refused(nothing, r"'klingon' is no text encoding", options=("--encoding", "klingon")),
    "a format that is none": refused(nothing, r"unknown 'doc'", options=("--format", "doc")),
    "articles as statements": refused(nothing, r"holds no file that a reader knows \(allowed: \.jsonl", options=("--unit", "statement")),
    "no column of ids": rejected(file("b.csv", f"text\n{GOOD}\n"), r"^$", count=0, labelled=2),
    "every document bad": Bad(file("b.txt", ""), 3, r"nothing was labelled: 1 of 1 row rejected", 0, 1, good=False),
    "a model that is none": refused(nothing, r"is no folder", options=("--model", "in/a.txt")),
    "labels among the articles": refused(nothing, r"lies within the input", code=4, options=("--out", "in/out")),
    "no shard at all": refused(nothing, r"", code=2, options=("--shard-rows", "0")),
    "an executor that is none": refused(nothing, r"allowed: local, process", code=2, options=("--executor", "cloud")),
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model") / "model"
    save_model(folder, fit_on_all(dataset(), "majority", {}), recipe="m", codebook=codebook(), actors=Actors())
    return folder


def test_there_are_sixty() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("name", CASES)
def test_a_bad_input_ends_as_it_should(name: str, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    if case.good:
        (tmp_path / "in" / "a.txt").write_text(GOOD)
    case.write(tmp_path / "in")
    code, said = run("label", case.path, "--model", model, "--out", "out", *case.options)
    assert code == case.code, said
    assert "Traceback" not in said
    reasons = [said]
    if case.labelled is not None:
        found = json.loads((tmp_path / "out" / "_SUCCESS.json").read_text())
        reasons = [json.loads(line)["reason"] for line in (tmp_path / "out" / "rejected.jsonl").read_text().splitlines()]
        assert (found["labelled"], found["rejected"]) == (case.labelled, case.rejected), reasons
        reasons += [said] if case.code else []
    else:
        assert not (tmp_path / "out").exists()
    assert [reason for reason in reasons if re.search(case.message, reason)] or (not case.rejected and not case.code), reasons
