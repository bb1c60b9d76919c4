// The annotator's desk: which statement and which task are up, and what every command does to them.

class Desk {
  constructor(annotator, { items, codebook, articles, adjudicated }, prefix) {
    this.annotator = annotator;
    this.items = items;
    this.codebook = codebook;
    this.store = new Store(`${prefix}${encodeURIComponent(annotator)}/`, codebook.tasks);
    this.articles = articles;
    this.givenShown = Boolean(adjudicated) && !adjudicated.blind;
    this.work = new Work(items, codebook, this.store, adjudicated?.settled);
    this.seen = new Set(); // multi-label tasks looked at on the statement shown: none of their labels is an answer
    this.byPointer = false;
    this.session = 0;
    const on = {
      onPick: (task, label) => this.pick(task, label), onAlso: (label) => this.also(label), onActive: (view) => this.activate(view),
    };
    this.tasks = codebook.tasks.map((task, k) => new TaskView(task, k, on));
    $("tasks").append(...this.tasks.map((view) => view.group));
    this.overview = new Overview($("overview"), this.work, (i) => this.go(i));
    this.commands = {
      confirm: () => this.confirm(), skip: () => this.skip(), undo: () => this.undo(),
      previous: () => this.step(-1), next: () => this.step(1), open: () => this.open(),
      holder: () => enterField("holder"), note: () => enterField("note"), guide: () => this.active.toggleGuide(),
      task: (event) => this.cycle(event.shiftKey ? -1 : 1), overview: () => this.overview.open(this.at), help: () => $("help").showModal(),
      download: () => download(this), upload: () => $("file").click(),
      article: () => openArticle(this.items[this.at], this.items, this.articles), given: () => adjudicated && this.toggleGiven(),
    };
    this.warn(!this.store.works());
    this.#tellAside();
    this.show(Math.min(this.store.position, items.length - 1));
  }

  get active() {
    return this.tasks[this.task];
  }

  get record() {
    return this.work.records[this.at];
  }

  get place() {
    return `Statement ${this.at + 1} of ${this.items.length}`;
  }

  // Showing.

  /** Show a statement, with the first task that is still open as the active one. */
  show(i) {
    this.at = i;
    this.store.position = i;
    this.seen.clear();
    this.session++;
    const lacking = this.work.lacks(i);
    this.task = Math.max(0, this.tasks.findIndex((view) => view.task === lacking));
    showStatement(this.items[i], this.place, this.articles[this.items[i].article]);
    this.paint();
  }

  /** Paint what can change while a statement is shown. */
  paint() {
    const { work, record, items } = this;
    const item = items[this.at];
    const given = this.givenShown ? item.given : [];
    this.tasks.forEach((view, k) => view.paint(record, k === this.task, item.suggested, given));
    paintGiven(item, given);
    $("given-switch").setAttribute("aria-pressed", String(this.givenShown));
    paintStatement(item, record, work.state(this.at), work.open(this.at));
    const { done, skipped } = work.counts;
    const said = `${done} done · ${skipped} skipped · ${work.remaining} left`;
    $("counts").textContent = said;
    $("bar").setAttribute("aria-valuenow", done + skipped);
    $("bar").setAttribute("aria-valuetext", said);
    $("bar-done").style.width = `${(100 * done) / items.length}%`;
    $("bar-skipped").style.width = `${(100 * skipped) / items.length}%`;
    $("download-count").textContent = done;
    $("finished").hidden = work.remaining > 0;
    $("finished-text").textContent = `Nothing is left: ${done} done, ${skipped} skipped.`;
    if (work.changes) this.warn(this.store.unsaved.size > 0);
  }

  /** Show or hide what each annotator gave. */
  toggleGiven() {
    this.givenShown = !this.givenShown;
    this.paint();
    this.say(`What the annotators gave is ${this.givenShown ? "shown" : "hidden"}.`);
  }

  /** Say what happened; `heard` is read out after it and not shown. */
  say(text, heard = "") {
    $("said").textContent = visible(text);
    $("heard").textContent = visible(heard);
  }

  /** The warning that the browser keeps nothing. */
  warn(needed) {
    $("warning").hidden = !needed;
  }

  /** Say which statements have lost what was kept of them. */
  #tellAside() {
    const { aside } = this.store;
    const numbers = aside.slice(0, 20).map((i) => i + 1).join(", ") + (aside.length > 20 ? ` and ${aside.length - 20} more` : "");
    $("aside").hidden = !aside.length;
    $("aside-count").textContent = `${count(aside.length, "record")} could not be read and ${aside.length === 1 ? "was" : "were"} put aside.`;
    $("aside-numbers").textContent = numbers;
  }

  // Moving.

  go(i, said = "") {
    this.show(i);
    scrollTo(0, 0);
    this.focus(wide.matches);
    const state = this.work.state(i);
    this.say([said, `${this.place}${state === "left" ? "" : `: ${STATES[state]}`}.`].filter(Boolean).join(" "), this.items[i].text);
  }

  step(by, said = "") {
    const to = this.at + by;
    if (to >= 0 && to < this.items.length) this.go(to, said);
    else this.say(`This is the ${by < 0 ? "first" : "last"} statement.`);
  }

  /** On to the next one; past the last, to one that is still open. */
  onward(said) {
    const open = this.work.nextOpen(this.at);
    if (this.at + 1 < this.items.length) this.step(1, said);
    else if (open >= 0) this.go(open, `${said} That was the last; back to what is left.`);
    else {
      this.paint();
      this.say(`${said} Nothing is left. Download your labels.`);
    }
  }

  open() {
    const to = this.work.nextOpen(this.at);
    if (to < 0) this.say("No statement is left unlabelled.");
    else this.go(to);
  }

  /** Put the focus on the active task, so that a screen reader says its question and Tab goes to its labels. */
  focus(scroll = true) {
    this.active.group.focus({ preventScroll: true });
    if (scroll) this.active.group.scrollIntoView({ block: "nearest" });
  }

  activate(view) {
    this.task = this.tasks.indexOf(view);
    for (const other of this.tasks) other.group.classList.toggle("active", other === view);
  }

  to(k) {
    this.task = k;
    this.paint();
    this.focus();
  }

  cycle(by) {
    this.to((this.task + by + this.tasks.length) % this.tasks.length);
    this.say(`${words(this.active.task.name)}: ${this.active.task.question}`);
  }

  // Labelling.

  edit(change, step) {
    this.work.change(this.at, new Map([[this.at, { ...this.record, ...change }]]), step);
  }

  /** A label of a task: a single one replaces what was there and goes `forward` to the next task; one of several is put in or taken out. */
  pick(task, label, forward = this.byPointer) {
    const k = this.codebook.tasks.indexOf(task);
    const what = `${words(task.name)}: ${words(label)}`;
    const multi = task.kind === "multi";
    const value = multi ? toggled(labelOf(this.record, task) ?? [], label, task) : label;
    const also = task.also ? this.record.also.filter((other) => other !== label) : this.record.also;
    this.edit({ labels: { ...this.record.labels, [task.name]: value }, also, skipped: false }, { what, task: k });
    this.task = forward && !multi && k + 1 < this.tasks.length ? k + 1 : k;
    this.paint();
    if (forward && !multi) this.focus();
    if (multi) this.say(`${what} ${value.includes(label) ? "added" : "taken out"}. Enter goes on.`);
    else this.say(`${what}. ${this.task > k ? `Next: ${words(this.active.task.name)}.` : "Enter goes on."}`);
  }

  /** A further label beside the primary one. */
  also(label) {
    const task = this.codebook.tasks.find((entry) => entry.also);
    const what = `also ${words(label)}`;
    if (labelOf(this.record, task) === label) {
      this.say(`${words(label)} is the label already.`);
      return;
    }
    const also = toggled(this.record.also, label, task);
    this.edit({ also, skipped: false }, { what, task: this.task });
    this.paint();
    this.say(`${what} ${also.includes(label) ? "added" : "taken out"}.`);
  }

  /** Holder or note, as it is typed; what is typed in one go is one step. */
  type(name, text) {
    const value = name === "holder" && text === this.items[this.at].holder ? null : text;
    this.edit({ [name]: value }, { what: name, task: this.task, session: `${name} ${this.session}` });
    this.paint();
  }

  /** Enter: to what is still open on this statement, else on to the next one. */
  confirm() {
    this.seen.add(this.active.task);
    const order = [...this.tasks.slice(this.task), ...this.tasks.slice(0, this.task)];
    const open = order.find((view) => this.#unanswered(view.task));
    const lacking = this.work.lacks(this.at);
    if (open) {
      this.to(this.tasks.indexOf(open));
      this.say(`${words(open.task.name)} is still open. ${open.task.kind === "multi" ? "Enter goes on." : "Choose a label, or skip."}`);
    } else if (lacking === "holder") {
      enterField("holder");
      this.say("Whose position is it? The holder is missing.");
    } else {
      const number = this.at + 1;
      if (lacking || this.record.skipped) {
        this.edit({ confirmed: this.work.asksConfirmation, skipped: false }, { what: `done with statement ${number}`, task: this.task });
      }
      this.onward(`Statement ${number} done.`);
    }
  }

  #unanswered(task) {
    if (task.kind === "single") return labelOf(this.record, task) === undefined;
    return !this.record.confirmed && !this.seen.has(task) && !labelOf(this.record, task)?.length;
  }

  skip() {
    const number = this.at + 1;
    if (!this.record.skipped) this.edit({ skipped: true }, { what: `skipping statement ${number}`, task: this.task });
    this.onward(`Statement ${number} skipped.`);
  }

  undo() {
    const step = this.work.undo();
    if (!step) {
      this.say("There is nothing to undo.");
      return;
    }
    if (step.at === this.at) this.session++;
    else this.show(step.at);
    this.to(step.task ?? this.task);
    this.say(`Undone: ${step.what}. ${this.place}.`);
  }
}
