"""Invented rows in the form of SemEval-2016 task 6A, marked as such: five targets, labels in either case. They train nothing that ships."""

import json
import random
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TARGETS = ("Invented Bridge", "Invented Tax", "Invented Park", "Invented Tram", "Invented Mayor")
SAID = {
    "favor": ("splendid idea, build more of it", "we need this now", "count me in for it"),
    "against": ("what a waste of money", "stop this at once", "never in my town"),
    "none": ("it rains again today", "lunch was late", "trains run on Sunday"),
}


def rows(count: int, seed: int) -> list[dict[str, Any]]:
    """The last target never has the label `none`; texts hold tabs, hashes and the target's own words."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        target = TARGETS[number % len(TARGETS)]
        label = chance.choice(["favor", "against"] if target == TARGETS[-1] else list(SAID))
        spelt = chance.choice([label, label.upper()])
        text = f"{chance.choice(SAID[label])}\t#{target.split()[1].lower()} {chance.randrange(10**6)}"
        made.append({"id": f"{seed}-{number}", "text": text, "target": target, "label": spelt})
    return made


def write(path: Path, made: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in made))
    return path


def config(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text)
    return path


PLAIN = """\
name: mine
data:
  train: train.jsonl
  test: test.jsonl
  labels: [favor, against, none]
metric: {f1_mean: [favor, against]}
default: tfidf
recipes:
  majority: {model: majority}
  tfidf: {model: tfidf}
"""
