// An article on the page. Its elements hold the article's text, all of it and nothing else: what is said about it is drawn by
// the style sheet from attributes.

const LONG = 400; // rows, from which on those out of sight are not laid out
const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

class TextView {
  /** `box` takes the text. */
  constructor(box) {
    this.box = box;
  }

  show(article) {
    this.article = article;
    this.places = new Places();
    this.pieces = article.units.map(() => []); // a unit over several lines has several
    this.chips = new Map();
    this.next = 0; // the first unit that does not end before the line
    const rows = [];
    let from = 0;
    for (const end of article.text.matchAll(LINE_END)) {
      rows.push(...this.#line(from, end.index), this.#unseen(end.index, end.index + end[0].length));
      from = end.index + end[0].length;
    }
    rows.push(...this.#line(from, article.text.length));
    this.box.classList.toggle("long", rows.length > LONG);
    this.box.replaceChildren(...rows);
  }

  /** A line as a row: who speaks in it, and its text. */
  #line(from, to) {
    const { text, units } = this.article;
    if (!text.slice(from, to).trim()) return from < to ? [this.#unseen(from, to)] : [];
    while (this.next < units.length && units[this.next].to <= from) this.next++;
    const within = [];
    for (let k = this.next; k < units.length && units[k].from < to; k++) within.push(units[k]);
    const kind = within.length && within.every((unit) => unit.kind === within[0].kind) ? within[0].kind : "sentence";
    const paragraph = make("p", { dir: "auto", ...(kind === "heading" && { role: "heading", "aria-level": "3" }) });
    let at = from;
    for (const unit of within) {
      const [start, end] = [Math.max(unit.from, from), Math.min(unit.to, to)];
      this.#write(paragraph, at, start);
      paragraph.append(this.#unit(unit, start, end));
      at = end;
    }
    this.#write(paragraph, at, to);
    const voices = [...new Set(within.flatMap((unit) => unit.voices))].filter((voice) => !voice.narrator);
    const labels = kind === "sentence" ? voices.map(labelOf) : [make("span", { "data-label": kind })];
    return [make("div", { class: `line ${kind}` }, make("div", { class: "who", "aria-hidden": "true" }, ...labels), paragraph)];
  }

  /** What of a unit stands in a line, with its quoted parts; the button that stands for it comes first.
   * It is a span, because a line can break behind a `button`, and never between a number and its statement. */
  #unit(unit, from, to) {
    const piece = make("span", { class: `unit ${unit.kind}`, "data-k": unit.k });
    if (unit.voices.length) colour(piece, unit.voices[0]);
    if (from === unit.from && unit.kind === "sentence") {
      const chip = make("span", { class: "chip", role: "button", tabindex: "-1", "aria-describedby": "facts" });
      this.chips.set(unit.k, chip);
      piece.append(chip);
    }
    let at = from;
    for (const [start, end] of unit.quotes) {
      const [open, close] = [Math.max(start, at), Math.min(end, to)];
      if (open >= close) continue;
      this.#write(piece, at, open);
      const quoted = make("span", { class: "quoted" });
      this.#write(quoted, open, close);
      piece.append(quoted);
      at = close;
    }
    this.#write(piece, at, to);
    this.pieces[unit.k].push(piece);
    return piece;
  }

  /** Text as it is; a hidden character is there, unseen, and its code is drawn in its place. */
  #write(parent, from, to) {
    const add = (box, start, end) => {
      if (start === end) return;
      const node = document.createTextNode(this.article.text.slice(start, end));
      this.places.add(start, node);
      box.append(node);
    };
    let at = from;
    for (const { index, 0: c } of this.article.text.slice(from, to).matchAll(HIDDEN)) {
      add(parent, at, from + index);
      at = from + index + c.length;
      const held = make("span", { hidden: "" });
      add(held, from + index, at);
      parent.append(make("span", { class: "control", "data-code": codeOf(c) }, held));
    }
    add(parent, at, to);
  }

  /** Line ends and blank lines: part of the text, and nothing to see. */
  #unseen(from, to) {
    const box = make("span", { hidden: "" });
    const node = document.createTextNode(this.article.text.slice(from, to));
    this.places.add(from, node);
    box.append(node);
    return box;
  }

  /** Paint what can change while an article is shown. `shown(unit)` says what the filters leave. */
  paint({ threshold, selected, shown }) {
    const first = this.chips.keys().next().value;
    const stop = this.chips.has(selected?.k) ? selected.k : first; // one stop for Tab, arrows from there
    for (const unit of this.article.units) {
      const [doubtful, chosen] = [isDoubtful(unit, threshold), unit === selected];
      for (const piece of this.pieces[unit.k]) {
        piece.classList.toggle("doubtful", doubtful);
        piece.classList.toggle("chosen", chosen);
        piece.classList.toggle("off", !shown(unit));
      }
      const chip = this.chips.get(unit.k);
      if (!chip) continue;
      chip.dataset.label = (unit.voices.map((voice) => voice.label).join("&") || "–") + (doubtful ? "?" : unit.attribution === "corrected" ? "✓" : "");
      chip.setAttribute("aria-label", nameOf(unit, doubtful));
      chip.setAttribute("aria-pressed", String(chosen));
      chip.tabIndex = unit.k === stop ? 0 : -1;
    }
  }

  /** Light up what was searched for: `hits` are stretches of the article's text. */
  light(hits) {
    if (!CSS.highlights) return;
    if (hits.length) CSS.highlights.set("hit", new Highlight(...hits.map(([from, to]) => this.places.range(from, to))));
    else CSS.highlights.delete("hit");
  }

  /** Bring a unit into view; the focus goes with it where it is within the text already, or where it is asked for. */
  reveal(unit, focus) {
    for (const piece of [this.pieces[unit.k].at(-1), this.pieces[unit.k][0]]) piece?.scrollIntoView({ block: "nearest" });
    if (focus) this.chips.get(unit.k)?.focus({ preventScroll: true });
  }
}

const nameOf = (unit, doubtful) =>
  visible(`Statement ${unit.number}: ${[unit.speaker ?? "nobody", MODES[unit.mode], doubtful && "doubtful", HOW[unit.attribution] === "by hand" && "by hand"].filter(Boolean).join(", ")}`);

/** Who speaks in a line, as a label beside it. */
function labelOf(voice) {
  const label = make("span", { "data-number": voice.label, "data-label": visible(voice.name) });
  colour(label, voice);
  return label;
}

/** The voice's colour, as what the style sheet mixes tints of. */
function colour(node, voice) {
  node.classList.add(voice.narrator ? "plain" : "voice");
  if (!voice.narrator) node.style.setProperty("--hue", voice.hue);
}
