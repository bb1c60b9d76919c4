// Rows of annotations: the work as a file, a file as work, and what the browser has kept as work.

const ROW = {
  statement_id: "string", article_id: "string", start: "number", end: "number", text: "string", holder: "string", labels: "object",
  also: "array", annotator: "string", codebook_version: "string", codebook_digest: "string", note: "string",
};
const TYPES = { string: "text", number: "a number", object: "an object", array: "a list" };
const typeOf = (value) => (Array.isArray(value) ? "array" : value === null ? "null" : typeof value);

/** The rows of the statements that are done or settled, in the file's order, as JSON Lines spaced the way Python writes them. */
function toLines(work, annotator) {
  const done = work.items.map((item, i) => [item.place ?? i, work.state(i) === "done" && rowOf(work, i, annotator)]);
  const rows = [...done.filter(([, row]) => row), ...work.settled.map(([place, row]) => [place, { ...row, annotator }])];
  return rows.sort(([a], [b]) => a - b).map(([, row]) => spaced(row) + "\n").join("");
}

function rowOf(work, i, annotator, record = work.records[i]) {
  const [item, { tasks, version, digest }] = [work.items[i], work.codebook];
  return {
    statement_id: item.id, article_id: item.article, start: item.start, end: item.end, text: item.text, holder: work.holder(i, record),
    labels: Object.fromEntries(tasks.map((task) => [task.name, labelOf(record, task) ?? []])),
    also: record.also, annotator, codebook_version: version, codebook_digest: digest, note: clean(record.note),
    ...(item.joined && { joined: item.joined }),
  };
}

/** Every line end in indented JSON is layout, never part of a string: there it is written `\n`. */
const spaced = (row) =>
  JSON.stringify(row, null, 1).replace(/([{[])\n\s*/g, "$1").replace(/\n\s*([}\]])/g, "$1").replace(/,\n\s*/g, ", ");

/** { good: index → record, bad: [{ line, reason }] } of a file's text. A bad row changes nothing. */
function fromLines(text, work, annotator) {
  const index = new Map(work.items.map((item, i) => [item.id, i]));
  const settled = new Set(work.settled.map(([, row]) => row.statement_id));
  const lines = new Map();
  const good = new Map();
  const bad = [];
  text.split("\n").forEach((content, k) => {
    if (!content.trim()) return;
    const line = k + 1;
    try {
      const row = { codebook_digest: "", ...parsed(content) };
      if (settled.has(row.statement_id)) return;
      const reason = fault(row, work, index, annotator) ?? repeated(row, lines);
      if (reason) throw new Error(reason);
      lines.set(row.statement_id, line);
      good.set(index.get(row.statement_id), recordOf(row, work, index.get(row.statement_id)));
    } catch (error) {
      bad.push({ line, reason: error.message });
    }
  });
  return { good, bad };
}

function parsed(content) {
  try {
    const row = JSON.parse(content);
    if (typeOf(row) === "object") return row;
  } catch {
    /* said below */
  }
  throw new Error("not a JSON object");
}

const repeated = (row, lines) =>
  lines.has(row.statement_id) ? `statement '${row.statement_id}' already stands in line ${lines.get(row.statement_id)}` : undefined;

/** The record a row stands for, its lists in the codebook's order. */
function recordOf(row, work, i) {
  const { tasks } = work.codebook;
  const ordered = (labels, task) => task.labels.map((l) => l.name).filter((name) => labels.includes(name));
  const labels = tasks.map((task) => [task.name, task.kind === "multi" ? ordered(labelOf(row, task), task) : labelOf(row, task)]);
  const also = tasks.find((task) => task.also);
  return {
    ...BLANK, labels: Object.fromEntries(labels), also: also ? ordered(row.also, also) : [], note: row.note,
    holder: row.holder === work.items[i].holder ? null : row.holder, confirmed: work.asksConfirmation,
  };
}

/** The first thing wrong with a row; undefined where it fits this page and this annotator. */
function fault(row, work, index, annotator) {
  const { codebook, items } = work;
  for (const key of Object.keys(row)) if (!Object.hasOwn(ROW, key) && key !== "joined") return `unknown key '${key}'`;
  for (const [key, type] of Object.entries(ROW)) {
    if (!Object.hasOwn(row, key)) return `the key '${key}' is missing`;
    if (typeOf(row[key]) !== type) return `'${key}' is not ${TYPES[type]}`;
  }
  if (row.annotator !== annotator) return `annotated by '${row.annotator}', not by '${annotator}'`;
  if (![codebook.version, ...codebook.accepts].includes(row.codebook_version))
    return `made under codebook version '${row.codebook_version}', not '${codebook.version}'`;
  if (row.codebook_version === codebook.version && !["", codebook.digest].includes(row.codebook_digest))
    return `made by other definitions than those of version ${codebook.version} here`;
  if (!index.has(row.statement_id)) return `statement '${row.statement_id}' is not on this page`;
  const item = items[index.get(row.statement_id)];
  if (row.text !== item.text) return "the text differs from the statement's";
  const [article, start, end] = [item.article, item.start, item.end];
  if (row.article_id !== article || row.start !== start || row.end !== end) return "article or span differ from the statement's";
  if (JSON.stringify(row.joined ?? []) !== JSON.stringify(item.joined ?? [])) return "'joined' differs from the statement's";
  if (!clean(row.holder)) return "'holder' must not be empty";
  return labelsFault(row, codebook.tasks);
}

function labelsFault(row, tasks) {
  const unknown = Object.keys(row.labels).find((name) => !tasks.some((task) => task.name === name));
  if (unknown !== undefined) return `task '${unknown}' is not in the codebook`;
  for (const task of tasks) {
    const value = labelOf(row, task);
    if (value === undefined) return `no label for task '${task.name}'`;
    if (task.kind === "multi" && typeOf(value) !== "array") return `the labels of task '${task.name}' are no list`;
    const reason = listFault(task.kind === "multi" ? value : [value], task);
    if (reason) return reason;
  }
  const also = tasks.find((task) => task.also);
  if (!also) return row.also.length ? "'also' is not empty, but no task allows further labels" : undefined;
  return row.also.includes(row.labels[also.name]) ? `'also' repeats the label '${row.labels[also.name]}'` : listFault(row.also, also);
}

function listFault(labels, task) {
  const unknown = labels.find((label) => !task.labels.some((l) => l.name === label));
  if (unknown !== undefined) return `label '${unknown}' is not in task '${task.name}'`;
  const twice = labels.find((label, k) => labels.indexOf(label) < k);
  return twice === undefined ? undefined : `task '${task.name}' has the label '${twice}' twice`;
}

const KEPT = { labels: "object", also: "array", note: "string", skipped: "boolean", confirmed: "boolean" };

/** Whether a value from the browser's storage is a record of these tasks: every part of its type, every label the codebook's. */
function isRecord(value, tasks) {
  if (typeOf(value) !== "object" || !Object.keys(value).every((name) => Object.hasOwn(BLANK, name))) return false;
  const record = { ...BLANK, ...value };
  if (!Object.entries(KEPT).every(([name, type]) => typeOf(record[name]) === type)) return false;
  if (!["string", "null"].includes(typeOf(record.holder))) return false;
  if (!Object.keys(record.labels).every((name) => tasks.some((task) => task.name === name))) return false;
  const known = (labels, task) => labels.every((label) => typeof label === "string") && listFault(labels, task) === undefined;
  const sound = tasks.every((task) => {
    const label = labelOf(record, task);
    if (label === undefined) return true;
    return task.kind === "multi" ? typeOf(label) === "array" && known(label, task) : known([label], task);
  });
  const also = tasks.find((task) => task.also);
  if (!also) return sound && !record.also.length;
  return sound && known(record.also, also) && !record.also.includes(labelOf(record, also));
}
