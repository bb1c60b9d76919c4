// From the page's data to the desk: who annotates, then what they do.

const data = JSON.parse($("data").textContent);
const page = `stancekit/annotate/1/${data.codebook.digest}/${data.digest}/`;
const SWITCH = "stancekit/annotate/keys";

/** What the page says wherever one stands on it. */
function furnish() {
  for (const node of document.querySelectorAll("[data-from]")) {
    const value = node.dataset.from.split(".").reduce((found, name) => found[name], { ...data, n: data.items.length });
    node.textContent = visible(String(value));
  }
  $("unit").hidden = !data.codebook.unit;
  $("bar").setAttribute("aria-valuemax", data.items.length);
  const suggesting = data.items.some((item) => item.suggested);
  $("blind").hidden = suggesting || Boolean(data.adjudicated);
  $("suggesting").hidden = !suggesting;
  for (const node of document.querySelectorAll("[data-if-given]")) node.hidden = !data.adjudicated;
  $("settled").textContent = data.adjudicated ? count(data.adjudicated.settled.length, "statement") : "";
  $("given-how").textContent = data.adjudicated?.blind ? "are hidden until you press" : "are shown; to hide them press";
  $("for").hidden = !data.assigned;
  $("for").textContent = visible(`The statements are assigned: ${Object.entries(data.assigned ?? {}).map(([name, own]) => `${name} ${own.length}`).join(", ")}.`);
  for (const row of document.querySelectorAll("[data-if-also]")) row.hidden = !data.codebook.tasks.some((task) => task.also);
}

/** Leave on the page the statements of an annotator; where statements are assigned, says whether they have any. */
function take(annotator) {
  if (!data.assigned) return annotator;
  const name = Object.keys(data.assigned).find((one) => one.toLowerCase() === annotator.toLowerCase());
  if (name === undefined) return undefined;
  data.items = data.assigned[name].map((number) => data.items[number]);
  furnish();
  return name;
}

function start(given) {
  const annotator = take(given);
  if (annotator === undefined) {
    $("gate").hidden = false;
    $("for").setAttribute("role", "alert");
    $("name").select();
    return;
  }
  remember("sessionStorage", `${page}annotator`, annotator);
  $("annotator-name").textContent = visible(annotator);
  $("gate").hidden = true;
  $("desk").hidden = false;
  const desk = new Desk(annotator, data, page);
  listen(desk);
  keepInSight();
  desk.focus(false);
}

function listen(desk) {
  listenToFields(data.holders, () => desk.session++, (name, text) => desk.type(name, text), () => desk.focus());
  // A label chosen by pointer leads on to the next task; one chosen by arrows within its group does not, or they could not go on.
  document.addEventListener("pointerdown", () => (desk.byPointer = true), true);
  document.addEventListener("keydown", () => (desk.byPointer = false), true);
  listenToKeys(desk);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) desk.commands[button.dataset.do](event);
  });
  $("leave").addEventListener("click", () => {
    remember("sessionStorage", `${page}annotator`, "");
    location.reload();
  });
  $("file").addEventListener("change", async () => {
    const [file] = $("file").files;
    if (file) await upload(desk, file);
    $("file").value = "";
  });
  $("report-undo").addEventListener("click", () => {
    $("report").close();
    desk.undo();
  });
  // The same annotator in another tab: each takes over what the other writes.
  addEventListener("storage", ({ key, newValue }) => {
    const i = key?.startsWith(desk.store.prefix) ? key.slice(desk.store.prefix.length) : "";
    if (!/^\d+$/.test(i) || !(i in data.items)) return;
    const record = desk.store.parse(newValue);
    if (!record) return;
    desk.work.adopt(Number(i), record);
    desk.paint();
  });
  addEventListener("beforeunload", (event) => {
    if (!desk.work.atRisk) return;
    event.preventDefault();
    event.returnValue = true; // what some browsers still go by
  });
}

/** A name as it is kept: one space between words, whole characters. */
const named = (text) => clean(text.normalize("NFC").replace(/\s+/g, " "));

furnish();
listenToDialogs(SWITCH);
$("name").value = data.annotator;
$("gate-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = named($("name").value);
  if (name) start(name);
  else $("name").focus();
});
const known = named(remember("sessionStorage", `${page}annotator`) ?? "");
if (known) start(known);
else {
  $("gate").hidden = false;
  $("name").focus();
}
