// The list of articles: those with something to show, and how much of it.

class Contents {
  /** `leftOut` more had no room; `onOpen(article)` is called for the one chosen. */
  constructor(articles, leftOut, onOpen) {
    this.articles = articles;
    $("article-count").textContent = articles.length;
    $("left-out").hidden = !leftOut;
    $("left-out").textContent = `The page is full: ${count(leftOut, "more article")} left out.`;
    $("contents").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) onOpen(this.articles[Number(button.dataset.index)]);
    });
    this.rows = articles.map((article) => {
      const known = [article.date, article.outlet].filter(Boolean).join(" · ");
      const about = article.left_out || known || (article.title ? "" : article.text.trimStart().slice(0, 60)); // some words, where there is no title
      const counts = make("small", { class: "counts" });
      const name = make("span", { class: "name", dir: "auto" }, article.heading);
      const line = make("small", { class: "about", dir: "auto" }, about);
      const button = make("button", { type: "button", "data-index": article.index }, name, line, counts);
      return { item: make("li", {}, button), button, counts };
    });
    $("contents").append(...this.rows.map((row) => row.item));
  }

  /** `stop(unit)` says what the filters leave to step through; without any `filtered` is false. */
  paint({ article, threshold, filtered, stop }) {
    let left = 0;
    this.articles.forEach((one, index) => {
      const found = one.units.filter(stop);
      const doubtful = found.filter((unit) => isDoubtful(unit, threshold)).length;
      const { item, button, counts } = this.rows[index];
      const all = filtered ? `${found.length} of ${one.sentences}` : count(found.length, "statement");
      counts.textContent = one.left_out ? "" : `${all}${doubtful ? ` · ${doubtful} doubtful` : ""}`;
      item.hidden = filtered && !found.length;
      if (!item.hidden) left++;
      if (one === article) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
    $("no-article").hidden = left > 0;
  }

  /** Bring the article's row into view within the list. */
  reveal(article) {
    const [list, { item }] = [$("contents"), this.rows[article.index]];
    const above = item.offsetTop - list.offsetTop - list.scrollTop;
    if (above < 0 || above + item.offsetHeight > list.clientHeight) list.scrollTop += above - list.clientHeight / 3;
  }
}
