// From the page's data to the reader.

const data = JSON.parse($("data").textContent);
for (const node of document.querySelectorAll("[data-from]")) node.textContent = visible(String(data[node.dataset.from]));
listenToDialogs("stancekit/browse/keys");
const corpus = new Corpus(data);
const reader = new Reader(corpus, new Corrections(corpus, data), data.threshold);
listenToKeys(reader);
listenToFields(reader);
listenToPointer(reader);
addEventListener("hashchange", () => {
  const { article, unit } = reader.corpus.find(decoded(location.hash.slice(1)));
  if (article) reader.open(article, { unit });
});
