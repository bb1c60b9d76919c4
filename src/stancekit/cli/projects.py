"""The command that makes a project to start from."""

import shlex
from pathlib import Path
from typing import Annotated

from stancekit.cli.declared import Fills, command
from stancekit.cli.shared import app, argument, say, tell
from stancekit.errors import RefusedError
from stancekit.io.moves import PREFIX
from stancekit.io.output_folder import Kind, is_litter, output_folder

PROJECT = Path(__file__).with_name("project")
"""The files of a new project."""
MADE = {
    "README.md": "the five steps from articles to dated labels",
    "annotations/codebook.yaml": "what is asked of every statement: an example to change",
    "annotations/actors.yaml": "who speaks and acts",
    "articles/": "for the articles that you annotate",
    "new_articles/": "for those that the model labels",
    "experiment.yaml": "what is trained, and how it is tested",
}


@command(app)
def init(folder: Annotated[Path, argument(metavar="DIR", help="Folder to make; if it exists, it must be empty."), Fills()]) -> None:
    """Create a project to start from: codebook, actors, experiment, folders for the articles, README of the five steps."""
    with output_folder(folder, Kind("stancekit init", (), lambda _: {}), overwrite=True, notice=say) as made:
        if names := sorted(p.name for p in folder.iterdir() if not p.name.startswith(PREFIX) and not is_litter(p.name)):
            raise RefusedError(f"{folder}: is not empty: it holds '{names[0]}'; choose another folder")
        for source in filter(Path.is_file, PROJECT.rglob("*")):
            file = made.new / source.relative_to(PROJECT)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(source.read_bytes())
        made.commit()
    for name, what in MADE.items():
        tell(f"{folder}/{name:<25} {what}")
    tell(f"next: change the codebook and put articles in, as README.md says, then\n  cd {shlex.quote(str(folder))}")
    tell("  stancekit statements articles -o build/statements.jsonl --page build/statements.html")
