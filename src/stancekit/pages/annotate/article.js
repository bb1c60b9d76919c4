// The whole article of the statement shown, with the statement marked.

/** What is known of an article, in a line. */
const sourceOf = ({ title, outlet, date }) => [title, outlet, date].filter(Boolean).join(" · ");

function openArticle(item, items, articles) {
  const { title, outlet, date, text } = articles[item.article] ?? {};
  $("article-title").textContent = visible(title ?? item.article);
  $("article-source").textContent = visible(sourceOf({ outlet, date }));
  $("article-source").hidden = !outlet && !date;
  $("article-part").hidden = text !== undefined;
  $("article-text").replaceChildren(...(text === undefined ? knownOf(item, items) : marked([...text], item)));
  $("article").showModal();
  $("article").querySelector("mark").scrollIntoView({ block: "center" });
}

/** The text around a statement; its span counts code points. */
function marked(points, { start, end }) {
  const piece = (from, to) => points.slice(from, to).join("");
  return [visible(piece(0, start)), make("mark", {}, piece(start, end)), visible(piece(end))];
}

/** The statements of the article that are on the page, in order. */
function knownOf(item, items) {
  const known = items.filter(({ article }) => article === item.article).sort((a, b) => a.start - b.start);
  return known.map((one) => make("p", {}, one === item ? make("mark", {}, one.text) : one.text));
}
