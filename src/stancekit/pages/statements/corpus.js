// The page's data as articles, units and voices.

/** From code points, which offsets count, to the units of JavaScript's strings: `wide` are the places of those two units long. */
function unitsOf(wide) {
  return (place) => {
    let [low, high] = [0, wide.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (wide[middle] < place) low = middle + 1;
      else high = middle;
    }
    return place + low;
  };
}

/** One who speaks: the name, its place in the table, and the units that are theirs. */
class Voice {
  constructor(name, narrator) {
    this.name = name;
    this.narrator = narrator;
    this.units = [];
    this.organisation = null;
    this.kind = null;
  }

  /** What stands for the name where there is no room for it. */
  get label() {
    return this.narrator ? "N" : String(this.number);
  }

  get about() {
    const organisation = this.organisation === this.name ? null : this.organisation;
    return [organisation, this.kind].filter(Boolean).join(" · ");
  }
}

class Corpus {
  constructor({ names, strings, articles, narrator, left_out }) {
    this.leftOut = left_out;
    this.narrator = narrator;
    this.known = new Map(); // name → voice
    this.numbers = 0;
    this.articles = articles.map((article, index) => ({ ...article, index, heading: article.title || article.id }));
    for (const article of this.articles) {
      const at = unitsOf(article.wide);
      article.sentences = 0;
      article.units = article.statements.map(([start, end, attribution_confidence, quotes, ...told], k) => {
        const unit = { article, k, start, end, from: at(start), to: at(end), attribution_confidence, quotes: [] };
        names.forEach((name, n) => (unit[name] = strings[told[n]]));
        if (unit.kind === "sentence") unit.number = ++article.sentences;
        unit.quoted = 0; // characters
        for (let q = 0; q < quotes.length; q += 2) {
          unit.quotes.push([at(quotes[q]), at(quotes[q + 1])]);
          unit.quoted += quotes[q + 1] - quotes[q];
        }
        unit.found = Object.fromEntries(CORRECTABLE.map((name) => [name, unit[name]]));
        return unit;
      });
      article.statements = null;
    }
    this.units = this.articles.flatMap((article) => article.units);
    this.attribute();
    this.known = new Map(ranked([...this.known.values()]).map((voice) => [voice.name, voice]));
    this.attribute();
  }

  /** Give each unit to those who speak in it, again after a correction. A voice keeps its place, number and colour. */
  attribute() {
    for (const voice of this.known.values()) Object.assign(voice, { units: [], organisation: null, kind: null });
    for (const unit of this.units) {
      unit.voices = unit.speaker === null ? [] : [...new Set(unit.speaker.split("; "))].map((name) => this.#voiceOf(name));
      for (const voice of unit.voices) voice.units.push(unit);
      if (unit.voices.length === 1) describe(unit.voices[0], unit);
    }
    this.voices = [...this.known.values()].filter((voice) => voice.units.length);
  }

  #voiceOf(name) {
    if (!this.known.has(name)) {
      this.known.set(name, new Voice(name, name === this.narrator));
      if (name !== this.narrator) numbered(this.known.get(name), this.numbers++);
    }
    return this.known.get(name);
  }

  /** The article or unit that goes by this id. */
  find(id) {
    const cut = id.lastIndexOf(":");
    const article = this.articles.find((a) => a.id === id) ?? this.articles.find((a) => a.id === id.slice(0, cut));
    return { article, unit: article?.units.find((unit) => idOf(unit) === id) };
  }
}

/** What of a unit a correction may change. */
const CORRECTABLE = ["speaker", "organisation", "holder", "actor_kind", "mode", "attribution", "attribution_confidence"];

const idOf = (unit) => `${unit.article.id}:${unit.start}-${unit.end}`;

/** A voice's organisation and kind are those first said of it where it speaks alone. */
function describe(voice, unit) {
  voice.organisation ??= unit.organisation;
  voice.kind ??= unit.actor_kind;
}

/** The most frequent first, numbered from 1 without the narrator; hues a golden angle apart, so that neighbours differ most. */
function ranked(voices) {
  voices.sort((a, b) => b.units.length - a.units.length);
  let number = 0;
  for (const voice of voices) if (!voice.narrator) numbered(voice, number++);
  return voices;
}

function numbered(voice, before) {
  voice.hue = (250 + 137.508 * before) % 360;
  voice.number = before + 1;
  return voice;
}

/** Whether the attribution wants a look: little confidence, or words in quotes with none at all. */
const isDoubtful = ({ kind, attribution_confidence: sure, quotes }, threshold) =>
  kind === "sentence" && (sure === null ? quotes.length > 0 : sure < threshold);

/** Two decimals, more where they are needed to tell it from the threshold. */
const share = (value) => String(Math.round(value * 1000) / 1000);
