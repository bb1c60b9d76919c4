"""What the tests of pages share: headless Chromium, a parser's view of a page, and what a person can see and reach on it."""

import json
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run", "--disable-quic"]  # fmt: skip


@pytest.fixture(scope="module", name="browser")
def running_browser() -> Iterator[Any]:
    """One headless Chromium a module."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.skip("there is no Chromium here")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield running
        running.close()


def noting_faults(page: Any) -> list[str]:
    """A list that fills with whatever goes wrong on the page from now on, every request beyond the file included."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith(("file:", "blob:")) else None)
    return faults


class Reader(HTMLParser):
    """What a parser sees: tags with attributes, and the raw content of each script and style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[str] = []
        self.title = ""
        self.inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag
        if tag in ("script", "style"):
            self.raw.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in ("script", "style"):
            self.raw[-1] += data
        if self.inside == "title":
            self.title += data

    @property
    def data(self) -> dict[str, Any]:
        return json.loads(self.raw[1])  # type: ignore[no-any-return]

    @property
    def policy(self) -> str:
        return next(str(attrs["content"]) for tag, attrs in self.tags if attrs.get("http-equiv") == "Content-Security-Policy")


CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const parse = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = (top, under) => [0, 1, 2].map((k) => top[k] * top[3] + under[k] * (1 - top[3])).concat(1);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
  const ground = (node) => {
    const own = parse(getComputedStyle(node).backgroundColor);
    if (own[3] === 1 || !node.parentElement) return own[3] === 1 ? own : [255, 0, 255, 1];
    return over(own, ground(node.parentElement));
  };
  const drawn = (node, pseudo) => !["none", "normal", '""'].includes(getComputedStyle(node, pseudo).content.split(" / ")[0]);
  const scope = document.querySelector("dialog[open]") ?? document.body;
  const faults = [];
  let texts = 0;
  for (const node of scope.querySelectorAll("*")) {
    if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || node.closest(".unseen")) continue;
    const style = getComputedStyle(node);
    if (style.opacity !== "1") faults.push(`opacity: ${node.outerHTML.slice(0, 80)}`);
    const written = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()) || node.value;
    const colours = written && !["radio", "checkbox"].includes(node.type) ? [style.color] : [];
    for (const pseudo of ["::before", "::after"]) if (drawn(node, pseudo)) colours.push(getComputedStyle(node, pseudo).color);
    if (node.placeholder) colours.push(getComputedStyle(node, "::placeholder").color);
    for (const colour of colours) {
      texts++;
      const found = ratio(over(parse(colour), ground(node)), ground(node));
      if (found < 4.5) faults.push(`${found.toFixed(2)} text: ${node.outerHTML.slice(0, 80)}`);
    }
    if (node === document.activeElement && style.outlineStyle !== "none") {
      const found = ratio(parse(style.outlineColor), ground(node.parentElement));
      if (found < 3) faults.push(`${found.toFixed(2)} focus: ${node.outerHTML.slice(0, 80)}`);
    }
    const control = node.matches("button:not(.quiet, .primary), input:not([type=radio], [type=checkbox]), textarea");
    if (control && style.borderTopWidth !== "0px") {
      const found = ratio(parse(style.borderTopColor), ground(node.parentElement));
      if (found < 3) faults.push(`${found.toFixed(2)} border: ${node.outerHTML.slice(0, 80)}`);
    }
  }
  return { texts, faults };
}"""
"""How many texts are shown, and which of them, of the borders and of the outlines stand out too little (WCAG 2.2 AA: 4.5, 3, 3)."""


def names_of(page: Any) -> list[tuple[str, str]]:
    """(role, name) of everything that takes the focus, as the browser tells assistive technology."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    focusable = [
        n for n in nodes if not n.get("ignored") and any(p["name"] == "focusable" and p["value"]["value"] for p in n["properties"])
    ]
    return [(n["role"]["value"], n["name"]["value"]) for n in focusable]
