// The tasks on the page: built once, then only ticked and unticked from statement to statement.

/** Names of tasks and labels as words. */
const words = (name) => name.replaceAll("_", " ");

/** The keys of a task's labels, in order: the digits, then the letters that no command has; `undefined` past them. */
const LABEL_KEYS = [..."1234567890abcfiklmqrxyz"];

class TaskView {
  /** `onPick(task, label)` and `onAlso(label)` say what was chosen; `onActive(view)` that the focus came in. */
  constructor(task, number, { onPick, onAlso, onActive }) {
    this.task = task;
    this.id = `task-${number}`;
    this.inputs = new Map();
    this.alsoInputs = new Map();
    this.shares = new Map();
    this.givers = new Map(); // label → where those who gave it are named
    const multi = task.kind === "multi";
    this.group = make(
      "section",
      {
        class: "task", id: this.id, role: multi ? "group" : "radiogroup", tabindex: "-1",
        "aria-labelledby": `${this.id}-name ${this.id}-question`,
      },
      make(
        "header",
        {},
        make("h3", { id: `${this.id}-name` }, words(task.name)),
        make("p", { class: "question", id: `${this.id}-question` }, task.question, multi ? " Any number of labels, or none." : undefined),
        this.#guideButton(),
      ),
      ...task.labels.map((label, k) => this.#choice(label, k, onPick, onAlso)),
      this.#ties(),
    );
    this.group.addEventListener("focusin", () => onActive(this));
  }

  #guideButton() {
    const more = this.task.ties.length || this.task.labels.some((l) => l.examples.length || l.counterexamples.length);
    this.guide = make(
      "button",
      { type: "button", class: more ? "quiet" : "quiet only-narrow", "aria-expanded": "false", "aria-keyshortcuts": "e" },
      make("span", { class: "only-narrow" }, more ? "Definitions, examples" : "Definitions"),
      make("span", { class: "not-narrow" }, "Examples, ties"),
      key("e"),
    );
    this.guide.addEventListener("click", () => this.toggleGuide());
    return this.guide;
  }

  toggleGuide(open = !this.group.classList.contains("open")) {
    this.group.classList.toggle("open", open);
    this.guide.setAttribute("aria-expanded", String(open));
  }

  #choice(label, k, onPick, onAlso) {
    const { task, id } = this;
    const [name, definition, share, given] = ["", "-definition", "-share", "-given"].map((part) => `${id}-${k}${part}`);
    const input = make("input", {
      type: task.kind === "multi" ? "checkbox" : "radio", name: id, "aria-labelledby": name, "aria-describedby": `${given} ${share} ${definition}`,
      "aria-keyshortcuts": LABEL_KEYS[k],
    });
    input.addEventListener("change", () => onPick(task, label.name));
    this.inputs.set(label.name, input);
    this.shares.set(label.name, make("span", { class: "share", id: share, hidden: "" }));
    this.givers.set(label.name, make("span", { class: "share given", id: given, hidden: "" }));
    const pick = make(
      "label", { class: "pick" },
      LABEL_KEYS[k] ? key(LABEL_KEYS[k]) : make("span"), input, make("span", { class: "name", id: name }, words(label.name)),
      make("span", { class: "marks" }, this.shares.get(label.name), this.givers.get(label.name)),
      make("span", { class: "definition", id: definition }, label.definition),
    );
    const also = task.also ? this.#also(label, k, onAlso) : undefined;
    return make("div", { class: "choice" }, pick, also, examples("Such as", label.examples), examples("Not", label.counterexamples));
  }

  #also(label, k, onAlso) {
    const shortcut = LABEL_KEYS[k] && `Shift+${LABEL_KEYS[k]}`;
    const input = make("input", { type: "checkbox", "aria-label": `also ${words(label.name)}`, "aria-keyshortcuts": shortcut });
    input.addEventListener("change", () => onAlso(label.name));
    this.alsoInputs.set(label.name, input);
    return make("label", { class: "also" }, input, make("span", {}, "also"), LABEL_KEYS[k] ? key(`⇧${LABEL_KEYS[k]}`) : undefined);
  }

  #ties() {
    if (!this.task.ties.length) return undefined;
    const rules = this.task.ties.map((rule) => make("li", {}, rule));
    return make("div", { class: "ties more" }, make("p", {}, "Where two labels tie"), make("ul", {}, ...rules));
  }

  /** The label that a key stands for. */
  labelAt(pressed) {
    const k = LABEL_KEYS.indexOf(pressed);
    return k < 0 ? undefined : this.task.labels[k]?.name;
  }

  /** An annotator's name where they gave the label, marked where as a further one. */
  #gave({ annotator, labels, also }, label) {
    const value = Object.hasOwn(labels, this.task.name) ? labels[this.task.name] : undefined;
    if (Array.isArray(value) ? value.includes(label) : value === label) return [annotator];
    return this.task.also && also.includes(label) ? [`${annotator} (also)`] : [];
  }

  /** Tick what the record says. `suggested` is task → label → probability where a model's suggestions are shown, `given` what annotators gave. */
  paint(record, active, suggested = {}, given = []) {
    const value = labelOf(record, this.task);
    const shares = Object.hasOwn(suggested, this.task.name) ? suggested[this.task.name] : {};
    for (const [label, input] of this.inputs) {
      input.checked = Array.isArray(value) ? value.includes(label) : value === label;
      const said = Object.hasOwn(shares, label);
      const share = this.shares.get(label);
      if (said) share.textContent = `model ${Math.round(100 * shares[label])} %`;
      share.hidden = !said;
      const by = given.flatMap((one) => this.#gave(one, label));
      this.givers.get(label).textContent = visible(by.join(", "));
      this.givers.get(label).hidden = !by.length;
    }
    for (const [label, input] of this.alsoInputs) {
      input.checked = record.also.includes(label);
      input.disabled = value === label;
    }
    this.group.classList.toggle("active", active);
    this.group.classList.toggle("answered", value !== undefined && value.length > 0);
  }
}

function examples(heading, texts) {
  if (!texts.length) return undefined;
  return make("div", { class: "examples more" }, make("span", {}, heading), make("ul", {}, ...texts.map((text) => make("li", {}, text))));
}
