"""Run what stands in the code blocks of a page, as its reader would."""

import re
import shlex
import subprocess
import sys
from pathlib import Path


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.S | re.M)


def run_shell(commands: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run commands in one shell in a folder, each line printed before it runs; the first that fails ends it."""
    script = f'stancekit() {{ {shlex.quote(sys.executable)} -m stancekit "$@"; }}\nset -euo pipefail\n'
    for line in "".join(commands).splitlines():
        script += f"echo {shlex.quote('$ ' + line)}\n{line}\n"
    return subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)
