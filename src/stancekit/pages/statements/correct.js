// Where corrections are made: the form on a statement's card, and the dialog with all of them.

class CorrectionDesk {
  constructor(reader) {
    this.reader = reader;
    this.made = reader.corrections;
    const { corpus, key } = this.made;
    const on = (id, type, act) => $(id).addEventListener(type, act);
    const submit = (act) => (event) => {
      event.preventDefault();
      act();
    };
    on("speaker", "input", () => this.#follow());
    on("correct", "submit", submit(() => this.#save()));
    on("correct", "keydown", (event) => event.key === "Escape" && !event.isComposing && this.#cancel());
    on("cancel", "click", () => this.#cancel());
    on("nobody", "click", () => this.#fill({ speaker: corpus.narrator, organisation: null, holder: corpus.narrator }));
    on("as-found", "click", () => this.#correct(this.editing));
    on("merge", "submit", submit(() => this.#merge()));
    on("lists-made", "click", (event) => this.#act(event.target.closest("button")?.dataset));
    on("save-corrections", "click", () => this.#download("corrections.jsonl", (this.downloaded = this.made.toLines())));
    on("save-entries", "click", () => this.#download("actors_merged.yaml", this.made.toEntries()));
    addEventListener("storage", (event) => {
      if (event.key !== key) return; // another tab with this page
      this.made.load();
      this.#changed();
    });
    addEventListener("beforeunload", (event) => {
      if (this.made.safe || this.downloaded === this.made.toLines()) return;
      event.preventDefault();
      event.returnValue = true; // what some browsers still go by
    });
    this.#paint();
  }

  // One statement.

  /** The form for the statement chosen. */
  open() {
    const unit = this.reader.selected;
    if (unit?.kind !== "sentence") {
      this.reader.say("Choose a statement first.");
      return;
    }
    this.reader.peek(null);
    this.#offer();
    this.#fill(unit);
    this.begun = JSON.stringify(this.#values());
    this.#edit(unit);
    $("as-found").hidden = !this.made.statements.has(unit);
    this.reader.text.reveal(unit);
    $("speaker").focus();
    $("speaker").select();
  }

  /** Close the form; what is typed there and not saved is said to be gone. */
  leave() {
    if (!this.editing) return;
    if (JSON.stringify(this.#values()) !== this.begun) this.reader.say(`Statement ${this.editing.number}: what was typed is not saved.`);
    this.#edit(null);
  }

  #edit(unit) {
    this.editing = unit;
    $("correct").hidden = !unit;
    for (const id of ["facts", "acts"]) $(id).hidden = Boolean(unit);
    document.body.classList.toggle("editing", Boolean(unit));
  }

  #fill(names) {
    for (const field of FIELDS) $(field).value = names[field] ?? "";
    this.offered = { organisation: $("organisation").value, holder: $("holder").value };
  }

  #values() {
    return Object.fromEntries(FIELDS.map((field) => [field, tidy($(field).value) || null]));
  }

  #offer() {
    $("names").replaceChildren(...this.made.names.map((name) => make("option", { value: name })));
  }

  /** Another speaker brings their organisation along, and it or they are the holder, where neither was typed. */
  #follow() {
    const names = tidy($("speaker").value).split("; ");
    const homes = names.map((name) => this.made.about(name).organisation);
    const next = { organisation: tidy(homes.join(";")), holder: tidy(names.map((name, k) => homes[k] ?? name).join(";")) };
    for (const [field, value] of Object.entries(next)) if ($(field).value === this.offered[field]) $(field).value = this.offered[field] = value;
  }

  #save() {
    const [unit, names] = [this.editing, this.#values()];
    if (!names.speaker || !names.holder) return;
    this.#correct(unit, { ...names, actor_kind: names.speaker === unit.speaker ? unit.actor_kind : this.made.kindOf(names.speaker) });
  }

  /** Give a statement these names, or again those that were found. */
  #correct(unit, names) {
    const focus = Boolean(this.editing);
    this.#edit(null);
    this.made.correct(unit, names);
    this.#changed(`Statement ${unit.number}: ${names ? `${visible(names.speaker)}, by hand` : "as it was found"}.`);
    if (focus) this.reader.select(unit, { reveal: true, focus });
  }

  #cancel() {
    const unit = this.editing;
    this.leave();
    this.reader.select(unit, { reveal: true, focus: true });
  }

  // All of them.

  list() {
    this.leave();
    this.#offer();
    $("alias").value = this.reader.selected?.voices.find((voice) => !voice.narrator)?.name ?? "";
    $("canonical").value = $("merge-fault").textContent = "";
    $("corrections").showModal();
  }

  #merge() {
    const [alias, name] = [tidy($("alias").value), tidy($("canonical").value)];
    const fault = this.made.mergeFault(alias, name) ?? (this.made.names.includes(alias) ? "" : `Nobody here is called ${alias}.`);
    $("merge-fault").textContent = visible(fault);
    if (fault) return;
    this.made.merge(alias, name);
    this.#changed(`${alias} means ${name}.`);
    this.#offer();
    $("alias").value = $("canonical").value = "";
    $("alias").focus();
  }

  /** What the buttons of the lists do: undo a merge, go to a statement, undo its correction. */
  #act({ name, to, id } = {}) {
    const unit = this.made.byId.get(to ?? id);
    if (name !== undefined) {
      this.made.part(name);
      this.#changed(`${name} is a name of its own again.`);
    } else if (to) {
      $("corrections").close();
      this.reader.open(unit.article, { unit, focus: true });
    } else if (id) this.#correct(unit);
  }

  #changed(what = "") {
    this.reader.corrected();
    this.#paint();
    this.reader.say(what + (this.made.safe ? "" : " This browser does not keep it: download it before you close the page."));
    if ($("corrections").open && !$("corrections").contains(document.activeElement)) $("alias").focus();
  }

  #paint() {
    const { corpus, statements, merges, safe, aside, byId } = this.made;
    const told = (name) => make("span", { dir: "auto" }, name ?? "nobody");
    const row = (content, what, data) => {
      const undo = make("button", { type: "button", class: "quiet", ...data, "aria-label": `Undo: ${what}` }, "Undo");
      return make("li", {}, make("div", {}, ...content), undo);
    };
    const names = ({ speaker, holder }) => (speaker === holder || !holder ? speaker : `${speaker} (${holder})`);
    const corrected = statements.size ? [...byId.values()].filter((unit) => statements.has(unit)) : [];
    $("merged").replaceChildren(...[...merges].map(([alias, name]) => row([told(alias), " means ", told(name)], alias, { "data-name": alias })));
    $("corrected").replaceChildren(
      ...corrected.map((unit) => {
        const { found, article, from, to, number } = unit;
        const text = make("button", { type: "button", class: "quiet", dir: "auto", "data-to": idOf(unit) }, article.text.slice(from, to));
        const checked = FIELDS.every((field) => found[field] === unit[field]);
        const change = checked ? ["checked: ", told(names(unit))] : [told(names(found)), " → ", told(names(unit))];
        return row([text, make("p", {}, ...change)], `statement ${number}`, { "data-id": idOf(unit) });
      }),
    );
    $("none-corrected").hidden = corrected.length > 0;
    $("at-risk").hidden = safe;
    $("put-aside").hidden = !aside;
    $("put-aside-as").textContent = aside ?? "";
    $("correction-count").textContent = statements.size + merges.size || (aside ? "!" : "");
    $("save-corrections").hidden = !corrected.length && !merges.size;
    $("save-entries").hidden = !merges.size;
  }

  #download(name, text) {
    saveAs(name, text, "text/plain");
    this.reader.say(`${name} is downloaded.`);
  }
}
