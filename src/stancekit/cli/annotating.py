"""Commands over hand labels: check them, measure, merge and exchange them, make more of them."""

from pathlib import Path
from typing import Annotated

import typer

from stancekit.cli.shared import annotations_app


@annotations_app.command("check")
def annotations_check(
    file: Annotated[Path, typer.Argument(show_default=False)],
    codebook: Annotated[Path, typer.Option(help="The codebook.")] = Path("annotations/codebook.yaml"),
    articles: Annotated[Path, typer.Option(help="The articles' file or folder.")] = Path("seeds"),
) -> None:
    """Check hand labels against the codebook and the articles: every fault with file and line."""
    from stancekit.codebook import load_codebook
    from stancekit.dataset import read_dataset

    dataset = read_dataset(articles, file, load_codebook(codebook), None)
    typer.echo(f"{file}: {len(dataset.examples)} annotations are sound")
