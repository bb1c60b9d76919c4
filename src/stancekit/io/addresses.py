"""Addresses of files elsewhere (s3://, gs://, memory://): told from paths, without opening any."""

import os
import re
from pathlib import Path

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/+(.*)", re.DOTALL)
"""One letter is a drive. A `Path` has made one slash of two."""
LOCAL = ("file", "local")
"""What addresses of this machine begin with."""


def address_of(path: str | Path) -> str | None:
    """Return the address that a path is, `None` for one of this machine, which a name such as `notes:` may begin too."""
    found = _ADDRESS.fullmatch(str(path))
    if found is None or os.path.lexists(found[1] + ":"):
        return None
    return f"{found[1]}://{'/' if found[1] in LOCAL else ''}{found[2].rstrip('/')}"
