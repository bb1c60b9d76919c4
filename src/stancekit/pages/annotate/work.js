// The annotator's work: a record a statement, kept in the browser as it is made, every change undoable.

const BLANK = Object.freeze({ labels: {}, also: [], holder: null, note: "", skipped: false, confirmed: false });

/** Text as it goes into a row: whole characters, no blank ends. */
const clean = (text) => (text.toWellFormed ? text.toWellFormed() : text).trim();
const labelOf = (record, task) => (Object.hasOwn(record.labels, task.name) ? record.labels[task.name] : undefined);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** A multi-label task's labels, or the further labels beside a single one, with one put in or taken out; in the codebook's order. */
const toggled = (list, label, task) =>
  task.labels.map((l) => l.name).filter((name) => (name === label ? !list.includes(name) : list.includes(name)));

/** One entry of the browser's storage a statement, so that a key costs one short write however long the file is. */
class Store {
  /** `tasks` are the codebook's: only records of these are taken. */
  constructor(prefix, tasks) {
    this.prefix = prefix;
    this.tasks = tasks;
    this.unsaved = new Map();
    this.aside = []; // indices of the statements whose entries were put aside on loading
  }

  /** Index → record, for what is kept. An entry that is no record of these tasks is put aside. */
  load(count) {
    const found = new Map();
    try {
      for (let i = 0; i < count; i++) {
        const text = localStorage.getItem(this.prefix + i);
        const record = this.parse(text);
        if (!record) this.#putAside(i, text);
        else if (record !== BLANK) found.set(i, record);
      }
    } catch {
      /* no storage here: saving will say so */
    }
    return found;
  }

  /** The record that an entry holds, blank where there is none; undefined where it is no record of these tasks. */
  parse(text) {
    if (text === null) return BLANK;
    try {
      const kept = JSON.parse(text);
      return isRecord(kept, this.tasks) ? { ...BLANK, ...kept } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keep an entry under the first free name of its own, so that it is in nobody's way and not lost. */
  #putAside(i, text) {
    this.aside.push(i);
    try {
      let name = `${this.prefix}aside/${i}`;
      for (let k = 2; localStorage.getItem(name) !== null; k++) name = `${this.prefix}aside/${i}.${k}`;
      localStorage.setItem(name, text);
      localStorage.removeItem(this.prefix + i);
    } catch {
      /* no room: it stays where it is until its statement is labelled again */
    }
  }

  save(index, record) {
    this.unsaved.set(index, record);
    try {
      for (const [i, kept] of this.unsaved) {
        if (same(kept, BLANK)) localStorage.removeItem(this.prefix + i);
        else localStorage.setItem(this.prefix + i, JSON.stringify(kept));
        this.unsaved.delete(i);
      }
    } catch {
      /* full or forbidden: `unsaved` holds what is at risk, and the next change tries again */
    }
  }

  /** Whether anything can be kept at all. */
  works() {
    try {
      localStorage.setItem(this.prefix + "try", "1");
      localStorage.removeItem(this.prefix + "try");
      return true;
    } catch {
      return false;
    }
  }

  get position() {
    try {
      const at = Number(localStorage.getItem(this.prefix + "at"));
      return Number.isInteger(at) && at > 0 ? at : 0;
    } catch {
      return 0;
    }
  }

  set position(index) {
    try {
      localStorage.setItem(this.prefix + "at", index);
    } catch {
      /* a place lost is no work lost */
    }
  }
}

class Work {
  /** `settled` are [line, row] of the statements of an adjudication on which nothing is open. */
  constructor(items, codebook, store, settled = []) {
    this.items = items;
    this.settled = settled;
    this.codebook = codebook;
    this.store = store;
    this.single = codebook.tasks.filter((task) => task.kind === "single");
    this.asksConfirmation = this.single.length < codebook.tasks.length;
    this.records = items.map((_, i) => this.fresh(i));
    this.counts = { done: 0, skipped: 0, begun: 0, left: items.length };
    this.steps = [];
    this.changes = 0;
    this.downloaded = 0;
    for (const [i, record] of store.load(items.length)) this.#put(i, record);
  }

  /** The record of a statement nobody has touched: blank, but for what the annotators of an adjudication agree on. */
  fresh(i) {
    const { agreed } = this.items[i];
    return agreed ? { ...BLANK, labels: agreed.labels, also: agreed.also } : BLANK;
  }

  holder(i, record = this.records[i]) {
    return clean(record.holder ?? this.items[i].holder);
  }

  /** In words, what of an adjudicated statement is still open; nothing of others. */
  open(i) {
    const record = this.records[i];
    const tasks = this.items[i].agreed ? this.codebook.tasks.filter((task) => labelOf(record, task) === undefined) : [];
    const names = [...tasks.map((task) => words(task.name)), ...(this.items[i].agreed && !this.holder(i) ? ["holder"] : [])];
    return names.length ? `open: ${names.join(", ")}` : "";
  }

  /** The first thing a statement still lacks: a task, `"holder"` or `"confirmation"`; undefined where it is complete. */
  lacks(i, record = this.records[i]) {
    const open = this.single.find((task) => labelOf(record, task) === undefined);
    if (open) return open;
    if (!this.holder(i, record)) return "holder";
    return this.asksConfirmation && !record.confirmed ? "confirmation" : undefined;
  }

  /** `done` rows are downloaded; `begun` ones lack something; `left` ones are untouched. */
  state(i, record = this.records[i]) {
    if (record.skipped) return "skipped";
    if (this.lacks(i, record) === undefined) return "done";
    return same(record, this.fresh(i)) ? "left" : "begun";
  }

  /** Neither done nor skipped. */
  get remaining() {
    return this.counts.begun + this.counts.left;
  }

  /** The next statement that is neither done nor skipped, going round from `i`; -1 where there is none. */
  nextOpen(i) {
    for (let step = 1; step <= this.items.length; step++) {
      const at = (i + step) % this.items.length;
      if (["begun", "left"].includes(this.state(at))) return at;
    }
    return -1;
  }

  /**
   * Put records in place (index → record) as one step: `what` was done to them, in which `task`, by an annotator who was `at`
   * a statement. Changes with the same `session`, such as the letters typed into a field, are one step.
   */
  change(at, changes, { what, task, session }) {
    if (!session || this.steps.at(-1)?.session !== session) {
      const before = new Map([...changes.keys()].map((i) => [i, this.records[i]]));
      this.steps.push({ at, before, what, task, session });
    }
    this.#apply(changes);
  }

  /** Take the last step back. Returns it, or undefined where there is none. */
  undo() {
    const step = this.steps.pop();
    if (step) this.#apply(step.before);
    return step;
  }

  /** Take over what another tab has written. */
  adopt(i, record) {
    this.#put(i, record);
  }

  /** Work that would be lost with the page: neither in the browser's storage nor downloaded. */
  get atRisk() {
    return this.store.unsaved.size > 0 && this.changes !== this.downloaded;
  }

  #apply(changes) {
    this.changes++;
    for (const [i, record] of changes) {
      this.#put(i, record);
      this.store.save(i, record);
    }
  }

  #put(i, record) {
    this.counts[this.state(i)]--;
    this.records[i] = record;
    this.counts[this.state(i)]++;
  }
}
