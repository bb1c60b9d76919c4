// Grids of actors by month and by issue, and the months with their events.

/** A cell of a grid: its n, and under it the labels' shares as a strip, in the order of the bars. Where nothing was said it is empty. */
function gridCell(tally, where, of, name) {
  const n = of.reduce((a, b) => a + b, 0);
  if (!n) return cell({ class: "empty" });
  const button = mark(tally, where, n, `${name}: ${labelOrder(tally).map((l) => `${of[l]} ${shown(tally, "label", l)}`).join(", ")}`, {}, String(n));
  const strip = make("span", { class: "strip" });
  for (const label of labelOrder(tally)) {
    if (!of[label]) continue;
    const part = make("span", { class: lookOf(tally, label) });
    part.style.setProperty("flex-grow", of[label]);
    strip.append(part);
  }
  button.append(strip);
  return cell({}, button);
}

function grid(node, tally, state, kind, found) {
  const counts = tally.counts(state.filters, ["holder", kind, "label"]);
  const labels = tally.names.label.map((_, label) => label);
  const of = (holder, code) => labels.map((label) => counts[state.count][counts.at(holder, code, label)]);
  const used = new Set();
  const all = [...found.few, ...found.rest, ...found.nobody];
  for (const one of all) for (const code of [...tally.names[kind].keys(), -1]) if (of(one.code, code).some(Boolean)) used.add(code);
  const columns = kind === "month" ? monthsBetween(used) : [...tally.names[kind].keys(), -1].filter((code) => used.has(code));
  const lines = [...found.few, ...(found.rest.length ? [null] : []), ...found.nobody];
  const rows = lines.map((one) => {
    const name = one ? shown(tally, "holder", one.code) : count(found.rest.length, "other actor");
    const cells = columns.map((code) => {
      const sums = one ? of(one.code, code) : labels.map((label) => found.rest.reduce((sum, other) => sum + counts[state.count][counts.at(other.code, code, label)], 0));
      return gridCell(tally, one ? { holder: one.code, [kind]: code } : { rest: true, [kind]: code }, sums, `${name}, ${shown(tally, kind, code)}`);
    });
    return row(rowHead(name), ...cells);
  });
  table(node, [head("Actor"), ...columns.map((code) => head(shown(tally, kind, code)))], rows);
}

/** All months from the first to the last that are used: those in between are empty. */
function monthsBetween(used) {
  const dated = [...used].filter((code) => code >= 0);
  const [first, last] = [Math.min(...dated), Math.max(...dated)];
  const months = dated.length ? Array.from({ length: last - first + 1 }, (_, k) => first + k) : [];
  return used.has(-1) ? [...months, -1] : months;
}

/** Months as columns: upward bars in favour, downward bars against, the other labels below; events under the months they fall in. */
function timeline(tally, state, events) {
  const counts = tally.counts(state.filters, ["month", "label"]);
  const used = new Set([...tally.names.month.keys(), -1].filter((code) => tally.names.label.some((_, l) => counts[state.count][counts.at(code, l)])));
  const months = monthsBetween(used);
  const n = (code) => tally.names.label.reduce((sum, _, label) => sum + counts[state.count][counts.at(code, label)], 0);
  const [first, second, ...others] = labelOrder(tally);
  const order = tally.sides ? [second, first, ...others] : labelOrder(tally);
  const most = Math.max(1, ...months.flatMap((code) => order.map((label) => counts[state.count][counts.at(code, label)])));
  const rows = order.map((label) => {
    const look = lookOf(tally, label);
    const name = shown(tally, "label", label);
    const cells = months.map((code) => {
      const here = counts[state.count][counts.at(code, label)];
      if (!n(code)) return cell({ class: "empty" });
      if (!here) return cell({ class: `column ${look}` }, make("span", { class: "zero" }, "0"));
      const bar = make("span", { class: `bar ${look}` });
      bar.style.setProperty("--size", here / most);
      return cell({ class: `column ${look}` }, mark(tally, { month: code, label }, here, `${shown(tally, "month", code)}, ${name}`, {}, make("span", {}, String(here)), bar));
    });
    return row(rowHead(name), ...cells);
  });
  rows.push(row(rowHead("n"), ...months.map((code) => cell(n(code) ? { class: "n" } : { class: "empty" }, n(code) ? String(n(code)) : ""))));
  const at = (code) => events.map(([date], k) => (date.startsWith(tally.nameOf("month", code)) ? String(k + 1) : "")).filter(Boolean);
  if (events.length) rows.push(row(rowHead("events"), ...months.map((code) => cell({ class: "event" }, ...at(code).map((k) => make("span", {}, k))))));
  table($("timeline"), [head("Label"), ...months.map((code) => head(shown(tally, "month", code)))], rows);
  $("events").replaceChildren(...events.map(([date, event], k) => make("li", {}, make("span", { class: "event-number" }, String(k + 1)), `${dateOf(date)}: ${event}`)));
}
