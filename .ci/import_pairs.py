"""Count the parts of the package and the pairs of them that import each other: `python .ci/import_pairs.py` prints a line a level.

A part is a folder or a loose module. A pair is two parts with at least one import between them, whichever way it goes.
"""

import ast
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[1] / "src" / "stancekit"


def imported(path: Path) -> set[str]:
    """The dotted names within the package that a file imports, in functions and for type checking too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return {name for name in found if name.startswith("stancekit.")}


def part(parts: tuple[str, ...], level: tuple[str, ...]) -> str | None:
    """The part of a level that a module lies in, by the pieces of its path; `None` outside of it."""
    return parts[len(level)] if parts[: len(level)] == level and len(parts) > len(level) and parts[len(level)] != "__init__" else None


def pairs(level: tuple[str, ...] = ()) -> tuple[set[str], set[frozenset[str]]]:
    """The parts of a level and the pairs among them."""
    modules = {path.relative_to(ROOT).with_suffix("").parts: path for path in ROOT.rglob("*.py")}
    known = {name for parts in modules if (name := part(parts, level))}
    found: set[frozenset[str]] = set()
    for parts, path in modules.items():
        if here := part(parts, level):
            others = {part(tuple(name.split(".")[1:]), level) for name in imported(path)}
            found |= {frozenset((here, other)) for other in others if other in known and other != here}
    return known, found


if __name__ == "__main__":
    for level in chain([()], [(name,) for name in ("statements", "models")]):
        parts, found = pairs(level)
        print(f"[lint] {'.'.join(('stancekit', *level))}: {len(parts)} parts, {len(found)} import pairs")
