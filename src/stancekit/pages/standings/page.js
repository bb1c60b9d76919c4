// From the page's data to its figures.

const data = JSON.parse($("data").textContent);
$("title").textContent = visible(data.title);
$("note").textContent = visible(data.note);
$("note").hidden = !data.note;
$("claim").textContent = visible(data.claims[0]);
$("claims").append(...data.claims.slice(1).map((line) => make("li", {}, line)));
listenToDialogs("stancekit/standings/keys");

const tally = new Tally(data);
const state = new State(tally);
const opened = new Opened(tally, state, data.aside);
let found;

/** Fill a filter with the names of its kind, and that for what has none where there is such a thing. */
function fill(kind) {
  const codes = [...tally.names[kind].keys()];
  if (kind !== "month") codes.sort((a, b) => shown(tally, kind, a).localeCompare(shown(tally, kind, b)));
  if (tally.code[kind].includes(-1)) codes.push(-1);
  const options = codes.map((code) => make("option", { value: String(code) }, shown(tally, kind, code)));
  $(kind).replaceChildren(make("option", { value: "" }, "all"), ...options);
  $(kind).addEventListener("change", () => {
    if ($(kind).value === "") delete state.filters[kind];
    else state.filters[kind] = Number($(kind).value);
    show();
  });
}

function show() {
  for (const kind of FILTERS) $(kind).value = String(state.filters[kind] ?? "");
  $("least").value = String(state.filters.least ?? 0);
  for (const way of ["once", "printed"]) $(`count-${way}`).checked = state.count === way;
  found = actorsOf(tally, state);
  actorBars(tally, state, found);
  timeline(tally, state, data.events);
  grid($("by-month"), tally, state, "month", found);
  if (tally.issue) grid($("by-issue"), tally, state, "issue", found);
  outletBars(tally, state);
  const sums = tally.counts(state.filters, []);
  const all = tally.counts({}, []);
  const narrowed = Object.keys(state.filters).length > 0;
  $("status").textContent = `${narrowed ? "Shown" : "All"}: ${count(sums.once[0], "statement")} with near-duplicates once, ${sums.printed[0]} as printed${narrowed ? `; of ${all.once[0]} and ${all.printed[0]}` : ""}.`;
  $("nothing").hidden = sums.printed[0] > 0;
  $("reset").hidden = !narrowed;
  state.write();
}

function countAs(way) {
  state.count = way;
  show();
}

function reset() {
  state.filters = {};
  show();
  $("holder").focus();
}

const KEYS = {
  f: () => $("holder").focus(),
  d: () => countAs(state.count === "once" ? "printed" : "once"),
  r: reset,
  "?": () => $("help").showModal(),
};
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

for (const kind of FILTERS) fill(kind);
for (let step = 0; step < data.steps; step++) {
  const value = String(step / data.steps);
  $("least").append(make("option", { value }, step ? (step / data.steps).toFixed(2) : "any"));
}
$("least").addEventListener("change", () => {
  if (Number($("least").value)) state.filters.least = Number($("least").value);
  else delete state.filters.least;
  show();
});
for (const way of ["once", "printed"]) $(`count-${way}`).addEventListener("change", () => countAs(way));
$("reset").addEventListener("click", reset);
$("to-help").addEventListener("click", () => $("help").showModal());
for (const node of document.querySelectorAll("[data-of]")) node.textContent = visible(String(data[node.dataset.of] ?? "").replaceAll("_", " "));
for (const node of document.querySelectorAll("[data-if=issue]")) node.hidden = !tally.issue;
$("only-some").hidden = !data.left_out;
$("only-some").textContent = `The text of ${data.left_out} statements is in ${data.aside} beside this page: they are counted here, and not shown.`;

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.opens) opened.open(button.opens, found.rest, button);
  if (button?.id === "all-actors") {
    state.all = !state.all;
    show();
    $("all-actors")?.focus();
  }
});
document.addEventListener("keydown", (event) => {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (event.isComposing || ctrlKey || metaKey || altKey || target.closest("dialog, select")) return;
  if (ARROWS.includes(key) && target.closest(".mark")) {
    if (step(target.closest(".mark"), key)) event.preventDefault();
  } else if ($("keys-on").checked && Object.hasOwn(KEYS, key)) {
    event.preventDefault();
    KEYS[key]();
  }
});
addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll(".grid")) each.style.setProperty("--fit", String(Math.min(1, 1000 / each.scrollWidth)));
});
addEventListener("hashchange", () => {
  state.read();
  const asked = state.opened; // `close` and `show` write the link again
  show();
  if (asked) opened.open(asked, found.rest, null);
  else if ($("opened").open) $("opened").close();
});
const asked = state.opened;
show();
if (asked) opened.open(asked, found.rest, null);
