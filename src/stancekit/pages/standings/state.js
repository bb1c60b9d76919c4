// What is chosen, which stands in the link: filters, how near-duplicates count, and what is opened.

const FILTERS = ["holder", "issue", "outlet", "month"];
const OPENED = [...FILTERS, "label"];

class State {
  constructor(tally) {
    this.tally = tally;
    this.read();
  }

  /** Take all from the link; what it names and the page does not have is passed over. */
  read() {
    const given = new URLSearchParams(location.hash.slice(1));
    const codes = (kinds, prefix) => {
      const found = {};
      for (const kind of kinds) {
        const name = given.get(prefix + kind);
        if (name === null) continue;
        const code = this.tally.codeOf(kind, name === "" ? NOTHING : name);
        if (code >= 0 || name === "") found[kind] = code;
      }
      return found;
    };
    this.filters = codes(FILTERS, "");
    const least = Number(given.get("least") ?? 0);
    if (least > 0 && least <= 1) this.filters.least = least;
    this.count = given.get("count") === "printed" ? "printed" : "once";
    this.all = given.get("actors") === "all";
    this.opened = given.has("open") ? codes(OPENED, "open.") : null;
  }

  write() {
    const said = new URLSearchParams();
    const put = (codes, prefix) => {
      for (const [kind, code] of Object.entries(codes)) {
        const name = kind === "least" ? String(code) : this.tally.nameOf(kind, code);
        said.set(prefix + kind, name === NOTHING ? "" : name);
      }
    };
    put(this.filters, "");
    if (this.count === "printed") said.set("count", "printed");
    if (this.all) said.set("actors", "all");
    if (this.opened) {
      said.set("open", "");
      put(this.opened, "open.");
    }
    history.replaceState(null, "", `#${said}`);
  }
}
