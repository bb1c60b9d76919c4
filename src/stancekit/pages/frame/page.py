"""Self-contained HTML of a template, style, script and data: it loads and sends nothing and runs only its own script."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from typing import Any

from stancekit.report.wording import visible


def web_page(package: str, *, title: str, scripts: Sequence[str], data: Any) -> str:
    """Write the page from the parts in `package`; the same arguments give the same bytes.

    Parameters
    ----------
    package : where `page.html` (the content of the body), `page.css` and the scripts lie.
    scripts : file names, joined in this order into one module after what all pages share (`base.css`, `elements.js`).
    data : what JSON can hold; text of any kind stays text.
    """
    style = _source("stancekit.pages.frame", "base.css") + _source(package, "page.css")
    script = "\n".join([_source("stancekit.pages.frame", "elements.js"), *(_source(package, name) for name in scripts)])
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    parts = {
        "POLICY": escape(policy, quote=False), "TITLE": escape(visible(title)), "STYLE": style, "SCRIPT": script, "DATA": embedded(data),
        "BODY": _source(package, "page.html"),
    }  # fmt: skip
    # In one pass: what is put in is not read for further places.
    return re.sub(r"\{\{([A-Z]+)\}\}", lambda found: parts[found[1]], _source("stancekit.pages.frame", "page.html"))


def embedded(data: Any) -> str:
    """Write JSON that no HTML parser can read as anything but text: it holds no `<`, `>` or `&`, and no line separators."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _source(package: str, name: str) -> str:
    return (files(package) / name).read_text(encoding="utf-8")


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode('ascii')}'"
