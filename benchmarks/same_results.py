"""Show that a change computes what the commit before computed: make same BASE=<commit>.

Both trees run with this environment, in one go: `stancekit statements` on the seeds and the new coverage, then the demo's experiment,
its predictions, its saved models and the labels of its default. Every file is compared byte for byte; those that name the code or repeat
the codebook are compared without that.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
INPUTS = {"seeds": ["seeds"], "new_coverage": ["examples/new_coverage"]}
KEPT = ("statements", "demo/predictions", "demo/models", "labels/labels.jsonl", "labels/labels.csv")
DESCRIBES = ("manifest.json", "README.md")
"""Files of a model that name versions, sizes and the digests of the others."""


def results(tree: Path, out: Path) -> None:
    """Run the main job of a tree into a folder."""
    env = {**os.environ, "PYTHONPATH": str(tree / "src"), "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}

    def stancekit(*args: str | Path) -> None:
        command = [sys.executable, "-c", "from stancekit.cli.main import main; main()", *map(str, args)]
        done = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{tree}: stancekit {' '.join(map(str, args))} ended with {done.returncode}:\n{done.stderr[-2000:]}")

    (out / "statements").mkdir(parents=True)
    for name, paths in INPUTS.items():
        stancekit("statements", *paths, "--actors", "annotations/actors.yaml", "-o", out / "statements" / f"{name}.jsonl")
    stancekit("run", "experiments/ofsted_demo.yaml", "--out", out / "demo")
    stancekit("label", "examples/new_coverage", "--model", out / "demo" / "models" / "default", "--out", out / "labels")


def files(out: Path) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file that is compared."""
    for path in sorted(p for p in out.rglob("*") if p.is_file()):
        name = path.relative_to(out).as_posix()
        if name.startswith(KEPT) and path.name not in DESCRIBES:
            yield name, without_digests(path)


def without_digests(path: Path) -> bytes:
    """The content of a file; of a JSON file without digests, and without the copies of the codebook's tasks that parameters hold."""
    content = path.read_bytes()
    if path.suffix != ".json":
        return content
    return re.sub(rb'"[0-9a-f]{64}"', b'"digest"', json.dumps(without_tasks(json.loads(content)), sort_keys=True).encode())


def without_tasks(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_tasks(item) for key, item in value.items() if key != "task"}
    return [without_tasks(item) for item in value] if isinstance(value, list) else value


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="the commit to compare with")
    base = parser.parse_args().base
    with tempfile.TemporaryDirectory() as folder:
        before, after, tree = (Path(folder) / name for name in ("before", "after", "tree"))
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", tree, base], cwd=ROOT, check=True)
        try:
            results(tree, before)
            results(ROOT, after)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)
        old, new = dict(files(before)), dict(files(after))
    differing = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    for name in differing:
        print(f"{name}: {'only before' if name not in new else 'only after' if name not in old else 'differs'}")
    print(f"{len(old)} files before, {len(new)} after, {len(differing)} differ")
    return 1 if differing or not old else 0


if __name__ == "__main__":
    sys.exit(main())
