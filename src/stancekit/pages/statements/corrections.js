// Corrections by hand: what single statements are attributed to, and names that mean one actor. The browser keeps them.

const FIELDS = ["speaker", "organisation", "holder"];

/** A name as it is kept: one space between words, whole characters; joint names parted by `; `. */
const tidy = (text) => {
  const parts = (text.toWellFormed ? text.toWellFormed() : text).split(";").map((part) => part.replace(/[\s\0]+/g, " ").trim());
  return [...new Set(parts)].filter(Boolean).join("; ");
};
const isName = (value) => typeof value === "string" && value !== "" && tidy(value) === value;
const orNone = (value) => value === null || isName(value);
const isCorrection = (value) => isName(value?.speaker) && isName(value.holder) && orNone(value.organisation) && orNone(value.actor_kind);

class Corrections {
  constructor(corpus, { digest, actors }) {
    this.corpus = corpus;
    this.key = `stancekit/statements/1/${digest}`;
    this.registry = new Map(actors.flatMap((actor) => [actor.name, ...actor.aliases].map((name) => [name, actor])));
    this.byId = new Map(corpus.units.filter((unit) => unit.kind === "sentence").map((unit) => [idOf(unit), unit]));
    this.load();
  }

  /** Take over what the browser has kept. What is no correction of this page is put aside under a name of its own. */
  load() {
    [this.statements, this.merges, this.safe] = [new Map(), new Map(), true]; // unit → its names; name → the name that it means
    const text = remember("localStorage", this.key);
    if (text === null) return this.#apply();
    try {
      const { statements, merges } = JSON.parse(text);
      for (const [id, names] of statements) {
        if (!this.byId.has(id) || !isCorrection(names)) throw new TypeError(id);
        this.statements.set(this.byId.get(id), names);
      }
      for (const [alias, name] of merges) {
        if (this.mergeFault(alias, name)) throw new TypeError(alias);
        this.#put(alias, name);
      }
    } catch {
      [this.statements, this.merges, this.aside] = [new Map(), new Map(), `${this.key}/aside`];
      remember("localStorage", this.aside, text);
    }
    return this.#apply();
  }

  /** Attribute a statement to these names; without any, to those that were found. */
  correct(unit, names) {
    if (names) this.statements.set(unit, names);
    else this.statements.delete(unit);
    this.#save();
  }

  /** Why a name can't be merged into another; undefined where it can. */
  mergeFault(alias, name) {
    if (!isName(alias) || !isName(name) || `${alias}${name}`.includes(";")) return "Give two single names.";
    if ([alias, name].includes(this.corpus.narrator)) return "The narrator is no actor.";
    if (alias === (this.merges.get(name) ?? name)) return "These are one actor already.";
    if (this.merges.has(alias)) return `${alias} is merged into ${this.merges.get(alias)} already.`;
    return undefined;
  }

  /** A name means an actor from now on, and so do the names that were merged into it. */
  merge(alias, name) {
    this.#put(alias, name);
    this.#save();
  }

  #put(alias, name) {
    const to = this.merges.get(name) ?? name;
    for (const [other, meant] of this.merges) if (meant === alias) this.merges.set(other, to);
    this.merges.set(alias, to);
  }

  part(alias) {
    this.merges.delete(alias);
    this.#save();
  }

  #save() {
    const statements = [...this.statements].map(([unit, names]) => [idOf(unit), names]);
    const text = JSON.stringify({ statements, merges: [...this.merges] });
    remember("localStorage", this.key, text);
    this.safe = remember("localStorage", this.key) === text;
    this.#apply();
  }

  #apply() {
    const merged = (names) => {
      const parts = names?.split("; ") ?? [];
      return parts.some((name) => this.merges.has(name)) ? [...new Set(parts.map((name) => this.merges.get(name) ?? name))].join("; ") : names;
    };
    for (const unit of this.byId.values()) {
      const names = this.statements.get(unit);
      const byHand = names && { mode: modeOf(unit, names.speaker, this.corpus.narrator), attribution: "corrected", attribution_confidence: 1 };
      Object.assign(unit, unit.found, names, byHand);
      if (this.merges.size) for (const field of FIELDS) unit[field] = merged(unit[field]);
    }
    this.corpus.attribute();
  }

  /** What is known of a single name: by the registry, else where it speaks alone. */
  about(name) {
    const { organisation, kind } = this.registry.get(name) ?? this.corpus.known.get(name) ?? {};
    return { organisation: organisation ?? null, kind: kind === "unknown" ? null : kind ?? null };
  }

  /** The kinds of joint names; null where one is not known. */
  kindOf(speaker) {
    const kinds = speaker.split("; ").map((name) => this.about(name).kind);
    return speaker === this.corpus.narrator || kinds.includes(null) ? null : [...new Set(kinds)].join("; ");
  }

  /** All names there are, to choose from. */
  get names() {
    const said = this.corpus.units.flatMap((unit) => FIELDS.flatMap((field) => unit[field]?.split("; ") ?? []));
    return [...new Set([...said, ...[...this.registry.values()].map((actor) => actor.name)])].sort((a, b) => a.localeCompare(b));
  }

  /** What `statements --corrections` reads: a line a statement, in order, then a line a name. */
  toLines() {
    const units = this.corpus.units.filter((unit) => this.statements.has(unit));
    const rows = units.map((unit) => {
      const was = Object.fromEntries(FIELDS.map((field) => [field, unit.found[field]]));
      return { id: idOf(unit), text: unit.article.text.slice(unit.from, unit.to), was, ...this.statements.get(unit) };
    });
    const merges = [...this.merges].map(([merge, into]) => ({ merge, into }));
    return [...rows, ...merges].map((row) => `${JSON.stringify(row)}\n`).join("");
  }

  /** The merged names as entries for a registry. */
  toEntries() {
    const escaped = (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
    const quoted = (text) => JSON.stringify(text).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped); // YAML has none of these
    const lines = ["# Names merged by hand. Check each entry before you paste it into the registry; `kind` is a guess.", "actors:"];
    for (const name of [...new Set(this.merges.values())].sort()) {
      const [entry, { kind, organisation }] = [this.registry.get(name), this.about(name)];
      const merged = [...this.merges].filter(([, meant]) => meant === name).map(([alias]) => alias);
      const gone = merged.map((alias) => this.registry.get(alias)).filter((other) => other && other !== entry);
      for (const other of new Set(entry ? [entry, ...gone] : gone)) lines.push(`  # In the place of the registry's entry ${quoted(other.name)}:`);
      const aliases = new Set([...[entry, ...gone].flatMap((other) => (other ? [other.name, ...other.aliases] : [])), ...merged]);
      aliases.delete(name);
      const home = organisation && ![name, ...aliases].includes(organisation) ? [`organisation: ${quoted(organisation)}`] : [];
      const fields = [`name: ${quoted(name)}`, `kind: ${quoted(kind ?? "unknown")}`, ...home];
      lines.push(`  - {${[...fields, `aliases: [${[...aliases].map(quoted).join(", ")}]`].join(", ")}}`);
    }
    return `${lines.join("\n")}\n`;
  }
}

/** The mode stays but where somebody is heard in place of the narrator, or the other way round. `--corrections` says the same. */
function modeOf({ found, quoted, start, end }, speaker, narrator) {
  if (speaker === narrator) return narrator;
  if (found.mode !== null && found.mode !== narrator) return found.mode;
  return !quoted ? "indirect" : quoted === end - start ? "direct" : "mixed";
}
