"""What each rule of attribution is worth: make bench-rules.

Attribution is scored on real articles, the seeds, constructed cases and the invented articles of the tests, with and without the parser
(which is asked again only where `clauses` is changed, and for `joint`).
Then each function and word list of `stancekit.statements` is switched off, alone, with its module and with its folder: what is right then,
and how many statements change. `joint` are those that change nothing when they are off together, added one after the other. A function
that is off returns what means "no" for its type (False, None, nothing, or what it was given; one of another type stays on), a list is
empty, a pattern matches nothing. Unions of lists keep their words.

textacy's `direct_quotations`, where it is installed, is scored by the same parse on what stands in marks; it gives the words beside the
verb, so that pronouns and roles count as wrong.
"""

import argparse
import ast
import functools
import importlib
import inspect
import itertools
import multiprocessing
import pkgutil
import re
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Literal, get_args, get_origin

import stancekit.statements
from stancekit.actors import load_actors
from stancekit.errors import MissingError
from stancekit.io.atomic import write_atomic
from stancekit.io.files import read_jsonl, to_json
from stancekit.records import Article, Statement
from stancekit.statements import extract_statements
from stancekit.statements.clauses.parser import Parser, load_parser

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "statements"), str(ROOT / "benchmarks")]
import invented  # noqa: E402
from bench_statements import Said, _is_right  # noqa: E402

Record = dict[str, Any]


def scorer(path: Path, rows: Iterable[Record]) -> Callable[[Record, Record], bool]:
    """`right(row, statement)` of a script that scores quotations: its functions and sets, without the run that it is."""
    found, kept = ast.parse(path.read_text(encoding="utf-8")).body, (ast.Import, ast.ImportFrom, ast.FunctionDef)
    body = [s for s in found if isinstance(s, kept) or isinstance(getattr(s, "value", 0), ast.Set)]
    names: Record = {"people": defaultdict(set)}
    exec(compile(ast.Module(body, []), str(path), "exec"), names)
    for row in rows:
        names["people"][row["article_id"]].add(names["fold"](row["speaker"]))
    return names["right"]


class Texts:
    """The articles of each sort, and which of their quotations go to whoever says them."""

    def __init__(self, data: Path, parser: Parser | None) -> None:
        news, cases, gold = data / "news_quotations", data.parent / "cases", data.parent / "gold"
        self.parser, self.actors = parser, load_actors(ROOT / "annotations" / "actors.yaml")
        self.news = [Article(path.stem, path.read_bytes().decode()) for path in sorted((news / "articles").glob("*.txt"))]
        self.rows = [row for _, row in read_jsonl(news / "quotes.jsonl") if row["kind"] != "not_speech"]
        self.right = scorer(cases / "score_quotes.py", self.rows)
        self.seeds = [Article(path.name, path.read_bytes().decode()) for path in sorted((ROOT / "seeds").glob("*.txt"))]
        self.gold = [row for _, row in read_jsonl(gold / "seed_quotes.jsonl") if row["type"] in ("direct", "partial")]
        self.cases = [row for _, row in read_jsonl(cases / "statements.jsonl")]
        self.made = [(half, article) for half in ("development", "held_out") for article in invented.articles(half)]

    def measure(self, *, parsed: bool = True) -> tuple[Record, list[Statement]]:
        """[right, all] by sort of text, of the real ones by kind and by how the speaker is identified too; and the statements.

        `parsed` : with the parser too.
        """
        marks: dict[str, list[bool]] = defaultdict(list)
        out: list[Statement] = []
        for parser in (None, self.parser) if self.parser and parsed else (None,):
            found = {article.id: extract_statements(article, parser=parser) for article in self.news}
            out += itertools.chain(*found.values())
            sort = "real with parser" if parser else "real"
            for row in self.rows:
                at = _widest(found[row["article_id"]], row["start"], row["end"])
                right = self.right(row, {"speaker": at.speaker, "organisation": at.organisation})
                for name in (sort, f"{sort}, {row['kind']}", f"{sort}, by {row['how']}"):
                    marks[name].append(right)
        found = {article.id: extract_statements(article, self.actors) for article in self.seeds}
        out += itertools.chain(*found.values())
        for row in self.gold:
            at = _widest(found[row["file"]], row["start"], row["end"])
            speakers, bodies = (tuple(filter(None, (name or "").split("; "))) for name in (at.speaker, at.organisation))
            marks["seeds"].append(_is_right(Said(0, 0, speakers, bodies), row, self.actors))
        for half, article in self.made:
            statements = extract_statements(Article(article.id, article.text))
            out += statements
            for said in article.sayings:
                at = _widest(statements, said.start, said.start + 1)
                marks[f"invented {half}"].append(invented.says(at.speaker or "", said))
        for row in self.cases:
            statements = extract_statements(Article(row["id"], row["text"]))
            out += statements
            marks["cases"].append(_as_wanted(row, statements))
        return {name: [sum(marks[name]), len(marks[name])] for name in sorted(marks)}, out


def textacy_figures(texts: Texts) -> Record:
    """[right, all] of textacy on the direct and partial quotations of the real articles; which package lacks where it cannot run."""
    try:
        from textacy.extract import direct_quotations
    except ModuleNotFoundError:
        return {"textacy": "not installed"}
    if texts.parser is None:
        return {"textacy": "needs the spacy extra"}
    marks: dict[str, list[bool]] = defaultdict(list)
    for article in texts.news:
        try:
            triples = list(direct_quotations(texts.parser._pipeline(article.text)))
        except ValueError:  # a quotation mark without its other half
            triples = []
        for row in (row for row in texts.rows if row["article_id"] == article.id and row["kind"] != "indirect"):
            said = [t for t in triples if t.content.start_char < row["end"] and t.content.end_char > row["start"]]
            names = (" ".join(word.text for word in t.speaker) for t in said)
            right = any(texts.right(row, {"speaker": name, "organisation": None}) for name in names)
            for name in ("textacy", f"textacy, {row['kind']}", f"textacy, by {row['how']}"):
                marks[name].append(right)
    return {name: [sum(marks[name]), len(marks[name])] for name in sorted(marks)}


def _as_wanted(row: Record, statements: list[Statement]) -> bool:
    """Whether a constructed case has as many statements as it should, or each of its parts one of the speakers that are right."""
    if row["kind"] == "segmentation":
        return len(statements) == row["want"]
    for want in row["want"]:
        names = [f"{at.speaker} / {at.organisation}".lower() for at in statements if want["in"] in at.text]
        if not any(speaker.lower() in name for speaker in want["speaker"] for name in names):
            return False
    return True


def _widest(statements: list[Statement], start: int, end: int) -> Statement:
    """The statement that has most of `[start, end)`."""
    return max(statements, key=lambda s: min(s.end, end) - max(s.start, start))


def modules() -> dict[str, ModuleType]:
    """The modules of `stancekit.statements` by their name below it."""
    prefix = "stancekit.statements."
    found = pkgutil.walk_packages(stancekit.statements.__path__, prefix)
    return {info.name.removeprefix(prefix): importlib.import_module(info.name) for info in found if not info.ispkg}


def switches(known: dict[str, ModuleType]) -> dict[str, Callable[[ExitStack], None]]:
    """What switches off, until a stack ends, `folder.module.name`."""
    found: dict[str, Callable[[ExitStack], None]] = {}
    for module, code in known.items():
        for name, thing in _defined(code):
            if isinstance(thing, FunctionType) and (no := _no(thing)) and not thing.__code__.co_freevars:
                found[f"{module}.{name}"] = functools.partial(_silent, thing, no)
            elif isinstance(thing, frozenset | dict | re.Pattern):
                empty = re.compile("(?!)") if isinstance(thing, re.Pattern) else type(thing)()
                found[f"{module}.{name}"] = functools.partial(_replaced, known, thing, empty)
    return found


def _defined(code: ModuleType) -> Iterator[tuple[str, Any]]:
    """What a module itself defines, methods too, with what wraps a function taken off."""
    for statement in ast.parse(inspect.getsource(code)).body:
        if isinstance(statement, ast.ClassDef):
            for name in (part.name for part in statement.body if isinstance(part, ast.FunctionDef)):
                thing = vars(vars(code)[statement.name])[name]
                yield f"{statement.name}.{name}", getattr(thing, "fget", None) or getattr(thing, "func", thing)
        elif isinstance(statement, ast.FunctionDef):
            yield statement.name, inspect.unwrap(vars(code)[statement.name])
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            yield from ((target.id, vars(code)[target.id]) for target in targets if isinstance(target, ast.Name))


def _no(function: FunctionType) -> str:
    """Python for what a function says that finds nothing, `""` where its type has no such value."""
    given = list(inspect.get_annotations(function).items())
    type_ = dict(given).get("return")
    if get_origin(type_) is Literal:
        return "''" if "" in get_args(type_) else ""
    if type(None) in get_args(type_):
        return "None"
    if len(given) > 1 and given[0][1] == type_:
        return f"given[{int('.' in function.__qualname__)}]"
    plain = {bool: "False", str: "''", list: "[]", tuple: "()", frozenset: "frozenset()", Iterator: "iter(())"}
    return plain.get(get_origin(type_) or type_, "")


def _silent(function: FunctionType, no: str, until: ExitStack) -> None:
    off = {"__code__": eval(f"lambda *given, **named: {no}").__code__, "__defaults__": None, "__kwdefaults__": None}
    for name, value in off.items():
        until.callback(setattr, function, name, getattr(function, name))
        setattr(function, name, value)


def _replaced(known: dict[str, ModuleType], thing: object, other: object, until: ExitStack) -> None:
    for module in known.values():
        for name in [name for name, value in vars(module).items() if value is thing]:
            until.callback(setattr, module, name, thing)
            setattr(module, name, other)


def groups(single: Iterable[str]) -> dict[str, list[str]]:
    """The switches of each name that is switched off: one's own, those of a module, those of a folder."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in single:
        for depth in range(1, name.count(".") + 2):
            found[".".join(name.split(".")[:depth])].append(name)
    return dict(found)


class Bench:
    """Texts, switches and the figures with all rules on."""

    def __init__(self, texts: Texts) -> None:
        self.texts, self.switches = texts, switches(modules())
        self.figures, found = texts.measure()
        self.before = {True: Counter(found), False: Counter(texts.measure(parsed=False)[1])}

    def off(self, name: str, members: list[str]) -> Record:
        """What is right, and how many statements change. What ends in an error without it holds the rest up: it is no rule."""
        record, parsed = {"off": name, "switches": len(members)}, not name or name.startswith(("clauses", "joint"))
        signal.alarm(60)  # what takes longer does not end
        try:
            with ExitStack() as stack:
                for member in members:
                    self.switches[member](stack)
                _forget()
                figures, found = self.texts.measure(parsed=parsed)
        except Exception as error:
            return record | {"fails": type(error).__name__}
        finally:
            signal.alarm(0)
            _forget()
        now, before = Counter(found), self.before[parsed]
        record["changed"] = max((now - before).total(), (before - now).total())
        right = {key: value for key, (value, _) in figures.items() if "," not in key}
        return record | right | {"lost": sum(self.figures[key][0] - value for key, value in right.items())}

    def together(self, off: list[str], more: list[str]) -> list[str]:
        """Those of `more`, one after the other, with which off beside those of `off` nothing changes; `off` comes first."""
        if not more or self.off("", off + more).get("changed") == 0:
            return off + more
        half = len(more) // 2
        return self.together(self.together(off, more[:half]), more[half:]) if half else off


def _forget() -> None:
    """Empty what functions remember of earlier calls."""
    for module in modules().values():
        for thing in vars(module).values():
            if hasattr(thing, "cache_clear"):
                thing.cache_clear()


def _task(task: tuple[str, list[str]]) -> Record:
    return _bench.off(*task)


def _late(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    global _bench  # the processes that are forked have it
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder beside cases and gold")
    parser.add_argument("-o", type=Path, default=ROOT / "benchmarks" / "results" / "rules.json", help="where the records go")
    options = parser.parse_args()
    try:
        parse = load_parser()
        parse.parse = functools.cache(parse.parse)  # each text once
    except MissingError:
        parse = None
    _bench = Bench(Texts(options.data, parse))
    signal.signal(signal.SIGALRM, _late)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        records = pool.map(_task, groups(_bench.switches).items(), chunksize=4)
    idle = _bench.together([], [record["off"] for record in records if record["off"] in _bench.switches and record.get("changed") == 0])
    records.append(_bench.off("joint", idle) | {"members": idle})
    records.sort(key=lambda record: (-record.get("lost", 0), record["off"]))
    figures = _bench.figures | textacy_figures(_bench.texts)
    for key, value in figures.items():
        print(f"{key:<50} {value if isinstance(value, str) else f'{value[0]:>4} of {value[1]}'}")
    write_atomic(options.o, to_json([{"off": "", "switches": 0} | figures, *records]))


if __name__ == "__main__":
    main()
