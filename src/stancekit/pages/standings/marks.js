// What all figures are made of: tables whose cells are buttons that open the statements behind them.

const NONE = { holder: "no holder", month: "no date", outlet: "no outlet", issue: "none" };
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A name as it is shown; a label's underscores are spaces. */
function shown(tally, kind, code) {
  const name = tally.nameOf(kind, code);
  if (name === NOTHING) return NONE[kind];
  if (kind === "month") return monthOf(name);
  return kind === "label" || kind === "issue" ? name.replaceAll("_", " ") : name;
}

const monthOf = (name) => `${MONTHS[Number(name.slice(5, 7)) - 1]} ${name.slice(0, 4)}`;
const dateOf = (date) => (date.length > 7 ? `${Number(date.slice(8))} ${monthOf(date)}` : date ? monthOf(date) : "no date");

/** How a label is drawn: that against dark, that in favour striped, the others light; without sides each its own. */
function lookOf(tally, label) {
  const side = tally.sides?.indexOf(tally.names.label[label]) ?? -1;
  return tally.sides ? ["against", "neither", "favour"][side] ?? "neither" : `look${label % 5}`;
}

/** The labels in the order of the figures: against, in favour, then the others. */
function labelOrder(tally) {
  const all = tally.names.label.map((_, code) => code);
  if (!tally.sides) return all;
  const [against, , favour] = tally.sides.map((name) => tally.names.label.indexOf(name));
  return [against, favour, ...all.filter((code) => code !== against && code !== favour)];
}

/** A button that opens what it stands for. */
function mark(tally, where, n, name, attributes, ...children) {
  const button = make("button", { type: "button", class: "mark", ...attributes, "aria-label": `${name}: ${count(n, "statement")}` }, ...children);
  button.opens = where;
  return button;
}

const row = (...cells) => make("tr", { role: "row" }, ...cells);
const head = (text, ...more) => make("th", { scope: "col", role: "columnheader" }, text, ...more);
const rowHead = (...children) => make("th", { scope: "row", role: "rowheader" }, ...children);
const cell = (attributes, ...children) => make("td", { role: "cell", ...attributes }, ...children);

function table(node, heads, rows) {
  const body = make("tbody", { role: "rowgroup" }, ...rows);
  node.replaceChildren(make("thead", { role: "rowgroup" }, row(...heads)), body);
  const marks = node.querySelectorAll(".mark");
  marks.forEach((each, place) => each.setAttribute("tabindex", place ? "-1" : "0"));
}

/** Arrows go from mark to mark within a table, of which one is in the order of the Tab key. */
function step(from, key) {
  const place = from.closest("td");
  const line = place.parentElement;
  let next = null;
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const way = key === "ArrowLeft" ? "previousElementSibling" : "nextElementSibling";
    for (let at = place[way]; at && !next; at = at[way]) next = at.querySelector(".mark");
  } else {
    const way = key === "ArrowUp" ? "previousElementSibling" : "nextElementSibling";
    for (let at = line[way]; at && !next; at = at[way]) next = at.children[place.cellIndex]?.querySelector(".mark");
  }
  if (!next) return false;
  from.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
  return true;
}
