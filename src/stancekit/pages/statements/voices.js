// The table of speakers: how often each speaks, here and in all, how often in doubt; a press shows one alone.

const FIRST = 40; // rows before one asks for more

class VoiceTable {
  /** `onChoose(voice)` is called for the one pressed. */
  constructor(onChoose) {
    this.limit = FIRST;
    $("find").addEventListener("input", () => this.#fill());
    $("more").addEventListener("click", () => {
      this.limit = Infinity;
      this.#fill();
    });
    $("voices").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) onChoose(this.voices[Number(button.dataset.rank)]);
    });
  }

  paint({ corpus: { voices }, article, threshold, voice }) {
    this.voices = voices;
    this.chosen = voice;
    $("voice-count").textContent = voices.length;
    $("find").parentElement.hidden = voices.length <= 12;
    this.counts = new Map();
    for (const one of voices) {
      const here = one.units.filter((unit) => unit.article === article).length;
      this.counts.set(one, { here, doubtful: one.units.filter((unit) => isDoubtful(unit, threshold)).length });
    }
    this.#fill();
  }

  #fill() {
    const asked = fold($("find").value);
    const found = this.voices.filter((voice) => fold(`${voice.name} ${voice.about}`).includes(asked));
    const focus = document.activeElement.dataset?.rank;
    $("voices").replaceChildren(...found.slice(0, this.limit).map((voice) => this.#row(voice)));
    if (focus) $("voices").querySelector(`[data-rank="${focus}"]`)?.focus({ preventScroll: true });
    $("more").hidden = found.length <= this.limit;
    $("more").textContent = `Show all ${found.length}`;
    $("no-voice").hidden = found.length > 0;
  }

  #row(voice) {
    const { here, doubtful } = this.counts.get(voice);
    const chosen = voice === this.chosen;
    const name = make(
      "button", { type: "button", "data-rank": this.voices.indexOf(voice), "aria-pressed": String(chosen) },
      labelled(voice), make("span", { dir: "auto" }, voice.name, make("small", {}, voice.about)),
    );
    const cells = [here, voice.units.length, doubtful].map((n) => make("td", { class: n ? undefined : "none" }, String(n)));
    return make("tr", { class: chosen && "chosen" }, make("th", { scope: "row" }, name), ...cells);
  }
}

/** Lower case without accents, to find names by. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
