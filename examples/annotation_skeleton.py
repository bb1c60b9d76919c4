"""A file of annotations to fill in: a line a sentence, spans and a first guess of the holder given, labels empty.

Run: python examples/annotation_skeleton.py ARTICLES CODEBOOK OUTPUT
Fill the empty labels by reading (annotations/guidelines.md), correct the holders, and check:
stancekit annotations check OUTPUT --codebook CODEBOOK --articles ARTICLES
"""

import json
import sys
from pathlib import Path

from stancekit import extract_statements, load_codebook, read_articles
from stancekit.records import Article


def main(articles: Path, codebook_file: Path, output: Path) -> None:
    codebook = load_codebook(codebook_file)
    with output.open("x", encoding="utf-8") as file:  # never over a file that may hold labels
        for article in read_articles([articles]):
            if not isinstance(article, Article):
                print(f"rejected: {article.reason}", file=sys.stderr)
                continue
            for s in extract_statements(article):
                if s.kind == "sentence":
                    row = {
                        "statement_id": s.id,
                        "article_id": s.article_id,
                        "start": s.start,
                        "end": s.end,
                        "text": s.text,
                        "holder": s.holder,
                        "labels": dict.fromkeys(codebook.tasks, ""),
                        "also": [],
                        "annotator": "",
                        "codebook_version": codebook.version,
                        "note": "",
                    }
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
