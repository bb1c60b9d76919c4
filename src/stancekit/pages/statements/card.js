// What is known of one statement.

const HOW = { rule: "by rule", parse: "by parse", corrected: "by hand" };

function showCard(unit, threshold) {
  $("card").hidden = !unit;
  if (!unit) return;
  const sentence = unit.kind === "sentence";
  $("card-title").textContent = sentence ? `Statement ${unit.number} of ${unit.article.sentences}` : `No statement: a ${unit.kind}`;
  const part = Math.round((100 * unit.quoted) / (unit.end - unit.start));
  const facts = {
    Speaker: speakers(unit),
    Organisation: unit.organisation,
    "Kind of actor": unit.actor_kind,
    Holder: unit.holder,
    Mode: unit.mode && `${unit.mode}${MODES[unit.mode] === unit.mode ? "" : `: ${MODES[unit.mode]}`}`,
    Cue: unit.cue && `“${unit.cue}”`,
    Quoted: unit.quotes.length > 0 && `${count(unit.quotes.length, "span")}, ${part} %`,
    Attribution: HOW[unit.attribution],
    "Attribution confidence": unit.attribution_confidence === null ? null : share(unit.attribution_confidence),
  };
  const rows = sentence ? Object.entries(facts) : [];
  $("facts").replaceChildren(
    ...[...rows, ["Characters", `${unit.start}–${unit.end}`], ["Id", idOf(unit)]].map(([name, value]) =>
      make("div", {}, make("dt", {}, name), make("dd", { dir: "auto", class: value ? undefined : "none" }, ...[value || "none"].flat())),
    ),
  );
  const doubtful = isDoubtful(unit, threshold);
  $("doubt").hidden = !doubtful;
  const why = unit.attribution_confidence === null ? "quoted, and no confidence is given" : `below ${share(threshold)}`;
  $("doubt").textContent = `Doubtful: ${why}`;
  $("only").hidden = !unit.voices.length;
  $("correct-open").hidden = !sentence;
}

function speakers(unit) {
  return unit.voices.map((voice) => make("span", { class: "speaker" }, labelled(voice), make("span", {}, voice.name)));
}

/** A voice's number in its colour. */
function labelled(voice) {
  const label = make("span", { class: "number" }, voice.label);
  colour(label, voice);
  return label;
}
