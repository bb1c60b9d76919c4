"""From annotated articles to labels for new ones, as a script.

Reads the articles and annotations, compares two recipes by purged leave-one-article-out, saves the better one on stance
and labels a folder with it. Run from the project's root: python examples/train_and_compare.py [OUTPUT FOLDER]
"""

import sys
from pathlib import Path

from stancekit import cross_validate, fit_on_all, label_paths, load_actors, load_codebook, load_model, read_dataset, save_model

ROOT = Path(__file__).parents[1]
TEMPLATES = {"text": "{text}", "text_and_holder": "{holder}: {text}"}


def main(out: Path) -> None:
    codebook = load_codebook(ROOT / "annotations" / "codebook.yaml")
    actors = load_actors(ROOT / "annotations" / "actors.yaml")
    dataset = read_dataset(ROOT / "seeds", ROOT / "annotations" / "ofsted.jsonl", codebook, actors)
    print(f"{len(dataset.examples)} statements of {len(set(dataset.article_ids))} articles")

    recipes = {name: {"recipe": "tfidf", "params": {"template": template}} for name, template in TEMPLATES.items()}
    found = {}
    for name, recipe in recipes.items():
        found[name] = cross_validate(dataset, recipe, "purged", name=name).score("stance", holder="found").macro_f1
        print(f"{name:<16} stance macro-F1 {found[name].point:.3f} [{found[name].low:.3f}, {found[name].high:.3f}], holders as found")

    best = max(found, key=lambda name: found[name].point or 0.0)
    model = fit_on_all(dataset, recipes[best])
    save_model(out / "model", model, recipe=best, codebook=codebook, actors=actors)

    counts = label_paths([ROOT / "examples" / "new_coverage"], load_model(out / "model"), out / "labels")
    print(f"{counts.labelled} statements labelled: {out / 'labels' / 'labels.csv'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "train_and_compare")
