"""Somebody who works at the page in a browser of their own, and made-up statements to work on."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stancekit.annotations.items import Item, items_of
from stancekit.records import Statement

# Ten statements' labels: the keys of stance, issue and sentiment.
PRESSED = ("151", "251", "153", "352", "111", "261", "132", "142", "123", "363")
# The accessible names of what is ticked among the labels.
TICKED = """inputs => inputs.filter((input) => input.checked).map((input) =>
    input.ariaLabel ?? document.getElementById(input.getAttribute("aria-labelledby")).textContent)"""


@dataclass
class Worker:
    """Somebody with a browser of their own, and what went wrong in it."""

    context: Any
    page: Any
    faults: list[str]

    def press(self, *keys: str) -> None:
        """`"15s"` presses three keys, one after the other; a name that begins with a capital is one key."""
        for key in keys:
            press = self.page.keyboard.press if key[0].isupper() else self.page.keyboard.type
            press(key)

    def text(self, selector: str) -> str:
        return str(self.page.inner_text(selector))

    def said(self) -> str:
        return str(self.page.text_content("#said"))

    def place(self) -> int:
        return int(self.text("#place").split()[1])

    def checked(self) -> list[str]:
        """The names of what is ticked among the labels, `also` ones as such."""
        return list(self.page.eval_on_selector_all("#tasks input", TICKED))

    def start(self, name: str) -> None:
        self.page.fill("#name", name)
        self.press("Enter")
        self.page.wait_for_selector("#desk:not([hidden])")

    def upload(self, name: str, content: str | bytes) -> str:
        """Upload a file and return what is said of it."""
        data = content.encode() if isinstance(content, str) else content
        self.page.set_input_files("#file", {"name": name, "mimeType": "text/plain", "buffer": data})
        self.page.wait_for_selector("#report[open]")
        return self.text("#report-text")

    def download(self) -> tuple[str, str]:
        """The name and the content of the file of labels."""
        with self.page.expect_download() as caught:
            self.press("d")
        return caught.value.suggested_filename, Path(caught.value.path()).read_text(encoding="utf-8")


def generated(count: int) -> list[Item]:
    """Made-up sentences by made-up holders, in articles of twenty."""
    statements, start = [], 0
    for i in range(count):
        article, text = f"a{i // 20:03}", f"Union {chr(65 + i % 7)} said that point {i} of the plan comes too soon."
        start = 0 if i % 20 == 0 else start
        statements.append(
            Statement(f"{article}:{start}-{start + len(text)}", article, start, start + len(text), text, holder=f"Union {chr(65 + i % 7)}")
        )
        start += len(text) + 1
    return items_of(statements)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def rows_of(content: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.split("\n") if line]
