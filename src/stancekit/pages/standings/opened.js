// The statements behind a mark.

const AT_ONCE = 50;

class Opened {
  constructor(tally, state, aside) {
    Object.assign(this, { tally, state, aside });
    $("more").addEventListener("click", () => this.#list(AT_ONCE));
    $("opened").addEventListener("close", () => {
      this.state.opened = null;
      this.state.write();
      this.from?.focus();
    });
  }

  /** Show the statements of a mark, under the page's filters; `rest` stands for the actors that are grouped. */
  open(where, rest, from) {
    const { tally, state } = this;
    const { rest: grouped, ...codes } = where;
    const others = grouped ? new Set(rest.map((one) => one.code)) : null;
    const filters = { ...state.filters, ...codes };
    this.rows = [];
    this.n = this.untold = 0;
    tally.each(filters, (k) => {
      if (others && !others.has(tally.code.holder[k])) return;
      if (state.count === "once" && !tally.once[k]) return;
      this.n += tally.weight[k];
      if (k < tally.text.length) this.rows.push(k);
      else this.untold += tally.weight[k];
    });
    const date = (k) => tally.dates[tally.date[k]] || "9999";
    this.rows.sort((a, b) => (date(a) < date(b) ? -1 : date(a) > date(b) ? 1 : a - b));
    const names = OPENED.filter((kind) => filters[kind] !== undefined).map((kind) => shown(tally, kind, filters[kind]));
    if (grouped) names.unshift(count(rest.length, "other actor"));
    $("opened-title").textContent = visible(names.join(" · ") || "All statements");
    const how = state.count === "once" ? "near-duplicates counted once" : "as often as printed";
    $("opened-about").textContent = `${count(this.n, "statement")}, ${how}`;
    $("untold").hidden = !this.untold;
    $("untold").textContent = `The text of ${this.untold} of them is not on this page, but in ${this.aside}.`;
    $("statements").replaceChildren();
    this.at = 0;
    this.#list(AT_ONCE);
    if (!grouped) {
      state.opened = codes;
      state.write();
    }
    this.from = from;
    if (!$("opened").open) $("opened").showModal();
    $("opened").scrollTop = 0;
  }

  #list(number) {
    const next = this.rows.slice(this.at, this.at + number);
    $("statements").append(...next.map((k) => this.#item(k)));
    this.at += next.length;
    $("more").hidden = this.at >= this.rows.length;
    $("more").textContent = `Show ${Math.min(AT_ONCE, this.rows.length - this.at)} more of ${this.rows.length - this.at}`;
  }

  #item(k) {
    const { tally } = this;
    const [title, url] = tally.articles[tally.article[k]];
    const article = /^https?:\/\//i.test(url ?? "") ? make("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, title) : make("cite", {}, title);
    const probability = tally.probability[k] < 0 ? "no probability" : `probability ${(tally.probability[k] / 1000).toFixed(2)}`;
    const label = shown(tally, "label", tally.code.label[k]);
    const issue = tally.issue && tally.code.issue[k] >= 0 ? ` · ${shown(tally, "issue", tally.code.issue[k])}` : "";
    const doubt = tally.doubtful[k] ? make("strong", { class: "doubt" }, "under the threshold") : undefined;
    const where = [dateOf(tally.dates[tally.date[k]]), shown(tally, "outlet", tally.code.outlet[k])].join(" · ");
    return make(
      "li", {},
      make("p", { class: "said", dir: "auto" }, tally.text[k]),
      make("p", { class: "about" }, make("span", { class: `key ${lookOf(tally, tally.code.label[k])}` }), `${shown(tally, "holder", tally.code.holder[k])}: ${label}, ${probability}${issue} `, doubt),
      make("p", { class: "hint" }, `${where} · `, article, tally.once[k] ? "" : " · repeats an earlier statement"),
    );
  }
}
