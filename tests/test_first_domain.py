"""Nothing in the package is about the articles that it was first made for: their domain is in its codebook and registry alone."""

import re
from pathlib import Path

from stancekit.actors import load_actors
from stancekit.codebook import load_codebook
from stancekit.models.lexical import english

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "stancekit"
WORDS = re.compile(
    r"ofsted|\bhmci?\b|\bdfe\b|inspect(?:ion|orate|or)\b|inspect(?:ion|or)s\b|schools?\b|(?:head)?teachers?\b|pupils?\b|classrooms?\b|\bexams?\b"
    r"|report cards?\b|evaluation areas?\b|league tables?\b|(?:one|single)-word|outstanding|inadequate|exemplary"
    r"|(?:requires|urgent) improvement|causing concern|needs attention|attention needed|(?:expected|strong) standard",
    re.IGNORECASE,
)
NOUNS = "the common nouns by which any press names people and organisations"
ALLOWED = {
    "statements/discourse/possessives.py": ("school", "places of work"),
    "statements/discourse/resolve.py": ("school", "organisations of which a text may mean several"),
    "statements/discourse/state.py": ("school", NOUNS),
    "statements/english/abbreviations.py": ("pupil teachers", "what stands before a letter or after a full stop"),
    "statements/english/nouns.py": (
        "headteacher headteachers inspector inspectorate inspectors pupil pupils school schools teacher teachers",
        NOUNS,
    ),
    "statements/names/linking.py": ("inspector", "a police rank"),
    "statements/segmentation/wrapped.py": ("school", "first parts of compounds"),
}
"""File → the words of the list that it may have, and why: general vocabulary, which other domains need as much."""


def names() -> re.Pattern[str]:
    """The names of the first domain's registry, as they are written; not surnames alone, which authors cited have too."""
    known = [name for actor in load_actors(ROOT / "annotations" / "actors.yaml").actors for name in (actor.name, *actor.aliases)]
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in known if " " in name or name.isupper()))


def test_the_package_has_neither_names_nor_words_of_the_first_domain() -> None:
    registry = names()
    assert registry.findall("Paul Whiteman of the NAHT") == ["Paul Whiteman", "NAHT"]
    found: dict[str, set[str]] = {}
    for file in PACKAGE.rglob("*"):
        if file.suffix in (".py", ".yaml", ".md", ".js", ".html", ".css"):
            text = file.read_text(encoding="utf-8")
            if hits := {hit.lower() for hit in WORDS.findall(text)} | set(registry.findall(text)):
                found[file.relative_to(PACKAGE).as_posix()] = hits
    assert found == {file: set(words.split()) for file, (words, _) in ALLOWED.items()}


def test_the_second_domain_has_nothing_of_the_first() -> None:
    files = [ROOT / "docs" / "tutorial.md", *(p for p in (ROOT / "examples" / "water_meters").rglob("*") if p.is_file())]
    assert len(files) > 15
    surnames = {actor.name.split()[-1] for actor in load_actors(ROOT / "annotations" / "actors.yaml").actors if actor.is_person}
    assert "Whiteman" in surnames
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not {*WORDS.findall(text), *names().findall(text), *(surnames & set(re.findall(r"\w+", text)))}, file


def test_words_that_only_its_grades_explain_stand_in_its_codebook_alone() -> None:
    grades = {"outstanding", "secure", "strong"}
    tasks = load_codebook(ROOT / "annotations" / "codebook.yaml").tasks.values()
    assert all(task.evaluative_words == dict.fromkeys(grades, "neutral") for task in tasks)
    assert grades.isdisjoint(frozenset().union(*english.words().values()))
