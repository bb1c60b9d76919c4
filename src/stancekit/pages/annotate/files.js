// Files out and in.

/** Save the rows that are done under a name made of the codebook's and the annotator's. */
function download(desk) {
  const { work } = desk;
  const { done, skipped } = work.counts;
  const rows = done + work.settled.length;
  if (!rows) {
    desk.say("No statement is done yet, so there is nothing to download.");
    return;
  }
  const safe = (text) => text.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|-+$/g, "") || "labels";
  const name = `${safe(work.codebook.name)}_${safe(desk.annotator)}.jsonl`;
  saveAs(name, toLines(work, desk.annotator), "application/jsonl");
  work.downloaded = work.changes;
  const rest = work.remaining + skipped ? `Not in it: ${work.remaining} left, ${skipped} skipped.` : "All statements are in it.";
  desk.say(`${name}: ${count(rows, "row")}. ${rest}`);
}

async function upload(desk, file) {
  let read = { good: new Map(), bad: [{ line: 1, reason: "the file can’t be read as UTF-8 text" }] };
  try {
    read = fromLines(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()), desk.work, desk.annotator);
  } catch {
    /* said in the report */
  }
  takeOver(desk, file.name, read);
}

/** Take the good rows over as one step, and say what became of every row. */
function takeOver(desk, name, { good, bad }) {
  const { work } = desk;
  const asIs = ([i, record]) => work.state(i) === "done" && same(rowOf(work, i, desk.annotator), rowOf(work, i, desk.annotator, record));
  const changed = new Map([...good].filter((entry) => !asIs(entry)));
  const replaced = [...changed.keys()].filter((i) => work.state(i) !== "left").length;
  if (changed.size) {
    work.change(desk.at, changed, { what: `upload of ${name}` });
    desk.show(desk.at);
  }
  const said = [`${count(changed.size - replaced, "statement")} restored, ${replaced} replaced, ${good.size - changed.size} as they were.`];
  if (bad.length) said.push(`${count(bad.length, "row")} not taken.`);
  else if (!good.size) said.push("The file holds no rows.");
  const faults = bad.slice(0, 100).map(({ line, reason }) => make("li", {}, `line ${line}: ${reason}`));
  if (bad.length > 100) faults.push(make("li", {}, `and ${bad.length - 100} more`));
  $("report-name").textContent = visible(name);
  $("report-text").replaceChildren(...said.map((text) => make("p", {}, text)));
  $("report-faults").replaceChildren(...faults);
  $("report-undo").hidden = !changed.size;
  $("report").showModal();
  desk.say(said.join(" "));
}
