// The reader at the page: which article and which statement are up, what is filtered, and what every command does.

const wide = matchMedia("(min-width: 64.01rem)"); // text, lists and card stand side by side
const LINGER = 150; // milliseconds without a key before a search begins

class Reader {
  constructor(corpus, corrections, threshold) {
    this.corpus = corpus;
    this.corrections = corrections;
    this.threshold = threshold;
    this.voice = null;
    this.pattern = undefined;
    this.hits = null; // the units that were searched for
    this.selected = null;
    this.text = new TextView($("text"));
    this.table = new VoiceTable((voice) => this.choose(voice));
    this.desk = new CorrectionDesk(this);
    this.contents = new Contents(corpus.articles, corpus.leftOut, (article) => this.open(article, { enter: true }));
    this.commands = {
      doubtful: () => this.step(1, true), "doubtful-back": () => this.step(-1, true), statement: () => this.step(1),
      "statement-back": () => this.step(-1), article: () => this.turn(1), "article-back": () => this.turn(-1), only: () => this.only(),
      search: () => this.enterSearch(), lower: () => this.doubt(this.threshold - 0.05), raise: () => this.doubt(this.threshold + 0.05),
      correct: () => this.desk.open(), corrections: () => this.desk.list(), close: () => this.close(), help: () => $("help").showModal(), clear: () => this.choose(null),
      text: () => this.view("text"), speakers: () => this.view("speakers"), articles: () => this.view("articles"),
    };
    this.view("text");
    this.doubt(threshold, true);
    const { article, unit } = corpus.find(decoded(location.hash.slice(1)));
    this.open(article ?? corpus.articles[0], { unit });
    const sentences = corpus.articles.reduce((sum, one) => sum + one.sentences, 0);
    this.say(`${count(corpus.articles.length, "article")}, ${count(sentences, "statement")}, ${count(corpus.voices.length, "speaker")}.`);
  }

  /** Whether the filters leave a unit. */
  shown = (unit) => (!this.voice || unit.voices.includes(this.voice)) && (!this.hits || this.hits.has(unit));

  /** What one steps through: statements, and headings only where they were searched for. */
  stop = (unit) => this.shown(unit) && (unit.kind === "sentence" || this.hits !== null);

  get filtered() {
    return Boolean(this.voice || this.hits);
  }

  // Showing.

  /** Show an article, with one of its units chosen where it is given; `enter` puts the focus on its heading. */
  open(article, { unit = null, enter = false, focus = false } = {}) {
    if (article !== this.article) {
      this.article = article;
      showHeader(article, this.corpus.articles.length);
      this.text.show(article);
      this.text.light(this.pattern ? hitsIn(article, this.pattern) : []);
      this.desk.leave();
      this.selected = null;
      this.paint();
      this.contents.reveal(article);
      scrollTo(0, 0);
    }
    this.view("text");
    if (unit) this.select(unit, { reveal: true, focus });
    else this.select(null);
    if (enter) {
      $("title").focus({ preventScroll: true });
      this.say(`${article.heading}: article ${article.index + 1} of ${this.corpus.articles.length}.`);
    }
  }

  /** Choose a unit of the article shown, or none. */
  select(unit, { reveal = false, focus = false } = {}) {
    if (unit !== this.selected) this.desk.leave();
    this.selected = unit;
    this.peek(null);
    this.text.paint(this);
    document.body.classList.toggle("carded", Boolean(unit));
    if (unit && reveal) this.text.reveal(unit, focus);
    keepPlace(unit ? idOf(unit) : this.article.id);
  }

  /** Show a unit's card while the pointer is on it; without one that of the chosen unit. */
  peek(unit) {
    if (this.desk.editing) return;
    showCard(unit ?? this.selected, this.threshold);
    $("no-card").hidden = Boolean(unit ?? this.selected);
  }

  /** Paint what filters and the threshold change. */
  paint() {
    this.doubts = this.corpus.units.filter((unit) => isDoubtful(unit, this.threshold) && this.shown(unit));
    $("doubts").textContent = `${this.doubts.length} doubtful`;
    $("filter").hidden = !this.voice;
    if (this.voice) $("filter-name").replaceChildren(labelled(this.voice), make("span", { dir: "auto" }, this.voice.name));
    document.body.classList.toggle("filtered", this.filtered);
    this.text.paint(this);
    this.table.paint(this);
    this.contents.paint(this);
    this.peek(null);
  }

  /** What a narrow screen shows: the text, the speakers or the articles. */
  view(name) {
    document.body.dataset.view = name;
    for (const button of document.querySelectorAll("#views button")) {
      button.setAttribute("aria-pressed", String(button.dataset.do === name));
    }
    if (name !== "text" && !wide.matches) scrollTo(0, 0);
  }

  say(text) {
    $("said").textContent = visible(text);
  }

  /** Paint everything again after a correction. */
  corrected() {
    if (this.voice && !this.voice.units.length) this.voice = null;
    this.text.show(this.article);
    this.text.light(this.pattern ? hitsIn(this.article, this.pattern) : []);
    this.paint();
  }

  // Moving.

  /** To the next unit that the filters leave, the next doubtful one where that is asked, going round at the ends. */
  step(by, doubtful = false) {
    const all = doubtful ? this.doubts : this.corpus.units.filter(this.stop);
    if (!all.length) {
      this.say(doubtful ? this.#noDoubt() : "No statement is left by the filters.");
      return;
    }
    const place = (unit) => unit.article.index * 1e9 + unit.k;
    const here = this.selected ? place(this.selected) : place({ article: this.article, k: by > 0 ? -1 : 1e8 });
    const found = by > 0 ? all.findIndex((unit) => place(unit) > here) : all.findLastIndex((unit) => place(unit) < here);
    const to = found >= 0 ? found : by > 0 ? 0 : all.length - 1;
    const unit = all[to];
    this.open(unit.article, { unit, focus: true });
    const round = found >= 0 ? "" : ` Round again from the ${by > 0 ? "first" : "last"}.`;
    this.say(`${doubtful ? "Doubtful" : this.filtered ? "Match" : "Statement"} ${to + 1} of ${all.length}.${round}`);
  }

  #noDoubt() {
    const shown = this.corpus.units.filter((unit) => this.shown(unit));
    const sure = shown.map((unit) => unit.attribution_confidence).filter((value) => value !== null);
    const least = sure.length ? ` The least sure has ${share(sure.reduce((a, b) => Math.min(a, b)))}.` : "";
    return `No attribution here is below ${share(this.threshold)}.${least}`;
  }

  /** To the next article that the filters leave something of. */
  turn(by) {
    const { articles } = this.corpus;
    for (let at = this.article.index + by; at in articles; at += by) {
      if (this.filtered && !articles[at].units.some(this.stop)) continue;
      this.open(articles[at], { enter: true });
      return;
    }
    this.say(`This is the ${by < 0 ? "first" : "last"} article${this.filtered ? " that the filters leave" : ""}.`);
  }

  close() {
    if (this.selected) {
      this.text.chips.get(this.selected.k)?.focus({ preventScroll: true });
      document.activeElement.blur();
      this.select(null);
    } else if (this.voice) this.choose(null);
  }

  // Filtering.

  /** One voice alone, or everybody again. */
  choose(voice) {
    this.voice = voice === this.voice ? null : voice;
    this.settle();
    const all = this.voice?.units.length;
    this.say(this.voice ? `${this.voice.name} alone: ${count(all, "statement")}.` : "All speakers.");
  }

  /** The chosen statement's speaker alone. */
  only() {
    const voice = this.selected?.voices[0];
    if (voice) this.choose(voice);
    else this.say("Choose a statement first.");
  }

  search(query) {
    this.pattern = patternOf(query);
    this.hits = this.pattern ? new Set(this.corpus.articles.flatMap((article) => [...unitsHit(article, this.pattern)])) : null;
    $("hits").textContent = this.hits ? `${this.hits.size} found` : "";
    this.text.light(this.pattern ? hitsIn(this.article, this.pattern) : []);
    this.settle();
  }

  /** After a change of the filters: to the first article that they leave something of, where they leave nothing of this one. */
  settle() {
    this.paint();
    if (!this.filtered || this.article.units.some(this.stop)) return;
    const other = this.corpus.articles.find((article) => article.units.some(this.stop));
    if (other) {
      const { view } = document.body.dataset;
      this.open(other);
      this.view(view);
    }
  }

  enterSearch() {
    $("query").focus();
    $("query").select();
  }

  doubt(threshold, first = false) {
    this.threshold = Math.min(1, Math.max(0, Math.round(threshold * 1000) / 1000));
    if (document.activeElement !== $("threshold")) $("threshold").value = this.threshold;
    if (first) return;
    this.paint();
    this.say(`Doubtful below ${share(this.threshold)}: ${this.doubts.length}.`);
  }
}

function showHeader(article, total) {
  $("title").textContent = visible(article.heading);
  $("place").textContent = `Article ${article.index + 1} of ${total}`;
  const known = [article.title && article.id, article.outlet, article.date].filter(Boolean);
  const said = known.map((text) => make("span", { dir: "auto" }, text));
  if (article.url) {
    // Only what is plainly a web address becomes a link.
    const link = /^https?:\/\//i.test(article.url) ? { href: article.url, rel: "noreferrer noopener" } : null;
    said.push(link ? make("a", link, article.url) : make("span", {}, article.url));
  }
  if (article.left_out) said.push(make("span", {}, `The text is ${article.left_out}.`));
  $("about").replaceChildren(...said);
}

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The place in the address, so that it survives a reload and can be sent on. */
function keepPlace(id) {
  try {
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
  } catch {
    /* an address that is not ours to change */
  }
}
