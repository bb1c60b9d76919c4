// The page's data as columns, and counts of them: near-duplicates once, and as often as printed.

const NOTHING = "\u0000"; // the name of what has none, in a link

class Tally {
  constructor(data) {
    const { columns, more, names, labels } = data;
    Object.assign(this, { of: data.of, sides: data.sides, text: data.text, dates: data.dates, articles: data.articles });
    this.names = { ...names, label: labels };
    this.issue = data.issue;
    this.code = {};
    ["holder", "month", "outlet", "issue", "label"].forEach((kind, place) => {
      this.code[kind] = Int32Array.from([...columns[kind], ...more.map((key) => key[place])]);
    });
    const step = (key) => (key[5] < 0 ? -1 : Math.round((key[5] * 1000) / data.steps));
    this.probability = Int32Array.from([...columns.probability, ...more.map(step)]);
    this.once = Uint8Array.from([...columns.once, ...more.map((key) => key[6])]);
    this.weight = Int32Array.from([...columns.once.map(() => 1), ...more.map((key) => key[7])]);
    this.date = columns.date;
    this.article = columns.article;
    this.doubtful = columns.doubtful;
    this.size = this.weight.length;
  }

  /** The code of a name; that of what has none is -1. */
  codeOf(kind, name) {
    return name === NOTHING ? -1 : this.names[kind].indexOf(name);
  }

  nameOf(kind, code) {
    return code < 0 || code >= this.names[kind].length ? NOTHING : this.names[kind][code];
  }

  /** Visit every row that the filters (kind → code, and `least`) let through. */
  each(filters, visit) {
    const kinds = Object.keys(this.code).filter((kind) => filters[kind] !== undefined);
    const columns = kinds.map((kind) => [this.code[kind], filters[kind]]);
    const least = Math.round((filters.least ?? 0) * 1000);
    rows: for (let k = 0; k < this.size; k++) {
      if (least > 0 && this.probability[k] < least) continue;
      for (const [column, wanted] of columns) if (column[k] !== wanted) continue rows;
      visit(k);
    }
  }

  /** Counts by some kinds; what has none stands last. */
  counts(filters, kinds) {
    const sizes = kinds.map((kind) => this.names[kind].length + 1);
    const length = sizes.reduce((a, b) => a * b, 1);
    const [once, printed] = [new Int32Array(length), new Int32Array(length)];
    const columns = kinds.map((kind) => this.code[kind]);
    const { weight, once: first } = this;
    this.each(filters, (k) => {
      let place = 0;
      for (let i = 0; i < sizes.length; i++) place = place * sizes[i] + (columns[i][k] < 0 ? sizes[i] - 1 : columns[i][k]);
      printed[place] += weight[k];
      if (first[k]) once[place] += weight[k];
    });
    return { once, printed, at: (...codes) => codes.reduce((sum, code, i) => sum * sizes[i] + (code < 0 ? sizes[i] - 1 : code), 0) };
  }

  /** For each actor and label, `holder/label`, the first date of a statement. */
  since(filters) {
    const found = new Map();
    this.each(filters, (k) => {
      const date = k < this.date.length ? this.dates[this.date[k]] : this.names.month[this.code.month[k]] ?? "";
      const who = `${this.code.holder[k]}/${this.code.label[k]}`;
      const known = found.get(who);
      if (date && (!known || date < known)) found.set(who, date);
    });
    return found;
  }
}
