// Bars of each label for every actor or outlet: that against to the left, that in favour to the right.

const FEW = 15; // actors that are shown before the rest is opened
const MOST = 1000; // and at most then

/** Who is shown: the most frequent, those most against first; then the narrator and who has no holder, who are nobody's side. */
function actorsOf(tally, state) {
  const found = tally.counts(state.filters, ["holder", "label"]);
  const labels = tally.names.label.length;
  const [against, favour] = labelOrder(tally);
  const all = [];
  for (let code = 0; code <= tally.names.holder.length; code++) {
    const at = code === tally.names.holder.length ? -1 : code;
    const counts = { code: at, n: 0, printed: 0, of: [] };
    for (let label = 0; label < labels; label++) {
      counts.of.push(found[state.count][found.at(at, label)]);
      counts.n += counts.of[label];
      counts.printed += found.printed[found.at(at, label)];
    }
    counts.balance = tally.sides ? counts.of[against] - counts.of[favour] : counts.n;
    if (counts.printed) all.push(counts);
  }
  const nobody = (one) => one.code < 0 || tally.names.holder[one.code] === data.narrator;
  const actors = all.filter((one) => !nobody(one)).sort((a, b) => b.n - a.n || a.code - b.code);
  const few = actors.slice(0, state.all ? MOST : FEW).sort((a, b) => b.balance - a.balance || b.n - a.n || a.code - b.code);
  return { few, rest: actors.slice(few.length), nobody: all.filter(nobody), total: actors.length };
}

function bars(node, tally, state, kind, lines, told) {
  const order = labelOrder(tally);
  const drawn = lines.filter((line) => !line.where.rest); // beside the sum of many, no bar of one could be seen
  const most = Math.max(1, ...drawn.flatMap((line) => line.of));
  const cells = (line) =>
    order.map((label) => {
      const n = line.of[label];
      const look = lookOf(tally, label);
      const name = shown(tally, "label", label);
      if (!n) return cell({ class: `track ${look}`, "data-label": name }, make("span", { class: "zero" }, line.n ? "0" : ""));
      const bar = make("span", { class: `bar ${look}` });
      bar.style.setProperty("--size", n / most);
      const title = `${line.name}, ${name}, of ${line.n}`;
      return cell({ class: `track ${look}`, "data-label": name }, mark(tally, { ...line.where, label }, n, title, {}, make("span", {}, String(n)), line.where.rest ? undefined : bar));
    });
  const rows = lines.map((line) =>
    row(rowHead(line.toggle ?? line.name, make("small", {}, told(line))), ...cells(line), cell({ class: "n" }, String(line.n), line.printed === line.n ? undefined : make("small", {}, `${line.printed} printed`))),
  );
  const heads = order.map((label) => head(shown(tally, "label", label)));
  table(node, [head(kind), ...heads, head("n")], rows);
}

/** The actors' bars, with since when each has taken a side, on what, and where. */
function actorBars(tally, state, found) {
  const [against, favour] = labelOrder(tally);
  const since = tally.since(state.filters);
  const topics = ["issue", "outlet"].map((kind) => [kind, tally.counts(state.filters, ["holder", kind, "label"])]);
  const sideOf = (of) => (tally.sides ? (of[against] >= of[favour] ? against : favour) : of.indexOf(Math.max(...of)));
  const most = (code, side, kind, counts) => {
    let [best, n] = [-1, 0];
    for (let at = 0; at < tally.names[kind].length; at++) {
      const here = counts[state.count][counts.at(code, at, side)];
      if (here > n) [best, n] = [at, here];
    }
    return n ? `${kind === "issue" ? "most on" : "most in"} ${shown(tally, kind, best)} (${n})` : undefined;
  };
  const told = (line) => {
    if (line.hint !== undefined) return line.hint;
    const [code, side] = [line.where.holder, sideOf(line.of)];
    if (!line.of[side]) return "";
    const first = since.get(`${code}/${side}`);
    const parts = [first ? `${shown(tally, "label", side)} since ${dateOf(first)}` : undefined, ...topics.map(([kind, counts]) => most(code, side, kind, counts))];
    return parts.filter(Boolean).join(" · ");
  };
  const lineOf = (one) => ({ ...one, name: shown(tally, "holder", one.code), where: { holder: one.code } });
  const lines = found.few.map(lineOf);
  if (found.rest.length || state.all) lines.push(together(found, state));
  lines.push(...found.nobody.map((one) => ({ ...lineOf(one), hint: one.code < 0 ? "" : "nobody is reported as speaking or acting" })));
  bars($("actor-bars"), tally, state, "Actor", lines, told);
}

/** The actors with few statements in one line, and the button that opens them. */
function together(found, state) {
  const of = found.few[0]?.of.map((_, label) => found.rest.reduce((sum, one) => sum + one.of[label], 0)) ?? [];
  const sum = (name) => found.rest.reduce((all, one) => all + one[name], 0);
  const name = found.rest.length ? count(found.rest.length, "other actor") : "All actors are shown";
  const toggle = make("button", { type: "button", id: "all-actors", "data-name": name, "aria-expanded": String(state.all) }, state.all ? "Show fewer actors" : `${name}: show`);
  return { code: -2, n: sum("n"), printed: sum("printed"), of, name, where: { rest: true }, toggle, hint: "" };
}

function outletBars(tally, state) {
  const found = tally.counts(state.filters, ["outlet", "label"]);
  const lines = [];
  for (const code of [...tally.names.outlet.keys(), -1]) {
    const of = tally.names.label.map((_, label) => found[state.count][found.at(code, label)]);
    const printed = tally.names.label.reduce((sum, _, label) => sum + found.printed[found.at(code, label)], 0);
    if (printed) lines.push({ of, n: of.reduce((a, b) => a + b, 0), printed, name: shown(tally, "outlet", code), where: { outlet: code } });
  }
  bars($("outlet-bars"), tally, state, "Outlet", lines.slice(0, 100), () => "");
}
