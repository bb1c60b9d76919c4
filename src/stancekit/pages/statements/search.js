// Words looked for in the articles, as they are written, whatever the case, the marks and the white space between them.

const ALIKE = [["'", "‘", "’"], ['"', "“", "”"], ["-", "–", "—", "‑"]];

/** A pattern of the words; undefined where there are none. */
function patternOf(query) {
  const words = query.trim();
  if (!words) return undefined;
  const escaped = words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+");
  const alike = ALIKE.reduce((text, marks) => text.replace(new RegExp(`[${marks.join("")}]`, "g"), `[${marks.join("")}]`), escaped);
  return new RegExp(alike, "giu");
}

/** Stretches [from, to] of an article's text that the pattern matches. */
const hitsIn = (article, pattern) => [...article.text.matchAll(pattern)].map((hit) => [hit.index, hit.index + hit[0].length]);

/** The units that a hit begins in. */
function unitsHit(article, pattern) {
  const found = new Set();
  let k = 0;
  for (const [from] of hitsIn(article, pattern)) {
    while (k < article.units.length && article.units[k].to <= from) k++;
    if (k < article.units.length && article.units[k].from <= from) found.add(article.units[k]);
  }
  return found;
}
