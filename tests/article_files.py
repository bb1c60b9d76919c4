"""Documents written in the format of every reader, so that one suite tests them all."""

import csv
import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stancekit.records import Article
from stancekit.sources.registry import READERS, TABLES
from stancekit.sources.source import Rejected

Document = Mapping[str, str]

NEEDS = {".xlsx": "openpyxl", ".pdf": "pypdfium2"}
"""Ending → the package of an extra without which such files can't be read."""
ENDINGS = sorted(ending for ending in READERS if ending not in NEEDS or find_spec(NEEDS[ending]))
SINGLE = sorted(set(ENDINGS) - set(TABLES))
TEXTUAL = sorted(READERS.keys() - {".parquet", ".xlsx", ".docx", ".pdf"})


def as_text(documents: Sequence[Document]) -> bytes:
    [document] = documents
    return document["text"].encode()


def as_html(documents: Sequence[Document]) -> bytes:
    [document] = documents
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in document["text"].split("\n"))
    return f"<!DOCTYPE html><html><head><title>x</title></head><body><article>{paragraphs}</article></body></html>".encode()


def as_jsonl(documents: Sequence[Document]) -> bytes:
    return "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents).encode()


def as_csv(documents: Sequence[Document], separator: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(documents[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(documents)
    return out.getvalue().encode()


def as_tsv(documents: Sequence[Document]) -> bytes:
    return as_csv(documents, "\t")


def as_parquet(documents: Sequence[Document]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([dict(document) for document in documents]), out)
    return out.getvalue()


def as_json(documents: Sequence[Document]) -> bytes:
    return json.dumps(list(documents), ensure_ascii=False).encode()


def as_xlsx(documents: Sequence[Document]) -> bytes:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `office` is not installed")
    book = openpyxl.Workbook()
    book.active.append(list(documents[0]))
    for document in documents:
        book.active.append(list(document.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(body: str, **parts: str) -> bytes:
    """A document of this WordprocessingML, and other parts of it by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {"document": f"<w:body>{body}</w:body>", **parts}.items():
            file.writestr(f"word/{name}.xml", f'<?xml version="1.0"?><w:{name} xmlns:w="{W}">{content}</w:{name}>')
    return out.getvalue()


def as_docx(documents: Sequence[Document]) -> bytes:
    [document] = documents
    lines = (f"<w:p><w:r><w:t xml:space='preserve'>{html.escape(line)}</w:t></w:r></w:p>" for line in document["text"].split("\n"))
    return docx_of("".join(lines))


def pdf_of(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    """A PDF of lines, each at its place (x, y) of a page of 600 to 800 points, in a font that names its characters and holds no shapes."""
    signs = sorted({sign for page in pages for _, _, line in page for sign in line})
    code = {sign: f"{number:04x}" for number, sign in enumerate(signs, start=1)}
    names = "".join(f"<{code[sign]}> <{sign.encode('utf-16-be').hex()}>\n" for sign in signs)
    named = f"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange {len(signs)} beginbfchar\n{names}endbfchar endcmap"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * number} 0 R' for number in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        " /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /Plain /Flags 4 /Ascent 800 /Descent -200 >> >>",
        f"<< /Length {len(named)} >> stream\n{named}\nendstream",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"BT /F 10 Tf {x} {y} Td <{''.join(code[sign] for sign in line)}> Tj ET\n" for x, y, line in page)
        resources = "/Resources << /Font << /F 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {resources} /Contents {7 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(shown)} >> stream\n{shown}endstream")
    out, places = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()


def as_pdf(documents: Sequence[Document]) -> bytes:
    pytest.importorskip("pypdfium2", reason="the extra `office` is not installed")
    [document] = documents
    return pdf_of([[(20, 750 - 12 * place, line) for place, line in enumerate(document["text"].split("\n"))]])


WRITERS: dict[str, Callable[[Sequence[Document]], bytes]] = {
    ".txt": as_text,
    ".md": as_text,
    ".srt": as_text,
    ".vtt": as_text,
    ".html": as_html,
    ".htm": as_html,
    ".jsonl": as_jsonl,
    ".csv": as_csv,
    ".tsv": as_tsv,
    ".parquet": as_parquet,
    ".json": as_json,
    ".xlsx": as_xlsx,
    ".docx": as_docx,
    ".pdf": as_pdf,
}


def as_nexis(text: str, n: int) -> str:
    return f"{n} of 5 DOCUMENTS\n\n  The Courier\n\n  May {n}, 2023\n\nLevy\n\nLENGTH: 9 words\n\n{text}\n\nLOAD-DATE: May {n}, 2023\n\n"


def as_nexis_uni(text: str, n: int) -> str:
    return f"Levy\nThe Courier\nMay {n}, 2023\nLength: 9 words\nBody\n\n{text}\n\nLoad-Date: May {n}, 2023\n\nEnd of Document\n\n"


def as_factiva(text: str, n: int) -> str:
    return f"Levy\n\n9 words\n{n} May 2023\nThe Courier\nEnglish\n(c) 2023 C\n\n{text}\n\nDocument COURIE002023050{n}elak0001a\n\n"


def as_proquest(text: str, n: int) -> str:
    labels = f"Title: Levy\n\nPublication title: The Courier\n\nPublication date: May {n}, 2023\n\nProQuest document ID: {n}"
    return f"{'_' * 60}\n\nDocument {n} of 5\n\nLevy\n\nFull text: {text}\n\n{labels}\n\n"


EXPORTS = (as_nexis, as_nexis_uni, as_factiva, as_proquest)
"""Each writes article `n` of an export of five."""


def write(path: Path, documents: Sequence[Document]) -> Path:
    """A file in the format that its ending says."""
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    data = WRITERS[plain.suffix](documents)
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


def articles(found: Sequence[Article | Rejected]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def rejected(found: Sequence[Article | Rejected]) -> list[Rejected]:
    return [item for item in found if isinstance(item, Rejected)]
