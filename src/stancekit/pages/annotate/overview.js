// The list of all statements by state, made when it is asked for.

const STATES = { left: "not begun", begun: "begun", skipped: "skipped", done: "done" };

class Overview {
  /** `onJump(index)` is called for the statement chosen. */
  constructor(dialog, work, onJump) {
    this.dialog = dialog;
    this.work = work;
    this.onJump = onJump;
    this.list = dialog.querySelector("ol");
    this.filters = dialog.querySelector(".filters");
    this.shown = "all";
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("button");
      if (row) this.#jump(Number(row.dataset.index));
    });
    this.list.addEventListener("keydown", (event) => this.#arrow(event));
    this.filters.addEventListener("change", (event) => {
      this.shown = event.target.value;
      this.#fill();
    });
  }

  open(current) {
    this.current = current;
    const { counts, items } = this.work;
    const options = [["all", "all", items.length], ...Object.entries(STATES).map(([state, word]) => [state, word, counts[state]])];
    this.filters.replaceChildren(
      make("legend", { class: "unseen" }, "Show"),
      ...options.map(([value, word, count]) => {
        const input = make("input", { type: "radio", name: "filter", value });
        input.checked = value === this.shown;
        return make("label", {}, input, make("span", {}, `${word} ${count}`));
      }),
    );
    this.#fill();
    this.dialog.showModal();
    const here = this.list.querySelector("[aria-current]") ?? this.list.querySelector("button");
    here?.focus();
    here?.scrollIntoView({ block: "center" });
  }

  #fill() {
    const rows = this.work.items.map((_, i) => i).filter((i) => this.shown === "all" || this.work.state(i) === this.shown);
    this.list.replaceChildren(...rows.map((i) => this.#row(i)));
    this.dialog.querySelector(".none").hidden = rows.length > 0;
  }

  #row(i) {
    const { work } = this;
    const state = work.state(i);
    const record = work.records[i];
    const also = (task) => (task.also ? record.also.map((label) => `also ${label}`) : []);
    const labels = work.codebook.tasks.flatMap((task) => [labelOf(record, task) ?? [], also(task)].flat());
    return make(
      "li", {},
      make(
        "button", { type: "button", "data-index": i, "aria-current": i === this.current && "true" },
        make("span", { class: "number" }, String(i + 1)), make("span", { class: `state ${state}` }, STATES[state]),
        make("span", { class: "snippet", dir: "auto" }, work.items[i].text),
        make("span", { class: "labels" }, labels.map(words).join(" · ")),
      ),
    );
  }

  #jump(index) {
    this.dialog.close();
    this.onJump(index);
  }

  #arrow(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = [...this.list.querySelectorAll("button")];
    const at = rows.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    rows[at + step]?.focus();
  }
}
