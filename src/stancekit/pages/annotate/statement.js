// The statement on the page: in its context, with what is known of it, its holder and a note.

const narrow = matchMedia("(max-width: 40rem)");
const wide = matchMedia("(min-width: 64.01rem)"); // statement and tasks stand side by side

function showStatement(item, place, about = {}) {
  $("source").textContent = visible(sourceOf(about));
  $("source").hidden = !$("source").textContent;
  for (const name of ["before", "text", "after"]) $(name).textContent = visible(item[name]);
  for (const name of ["before", "after"]) $(name).parentElement.hidden = !item[name];
  $("strip").textContent = $("text").textContent;
  $("place").textContent = place;
  const facts = {
    article: item.article, characters: `${item.start}–${item.end}`, mode: MODES[item.mode], speaker: item.speaker,
    organisation: item.organisation, reason: item.reason,
  };
  for (const [name, value] of Object.entries(facts)) {
    $(`fact-${name}`).textContent = visible(value ?? "");
    $(`fact-${name}`).parentElement.hidden = !value;
  }
}

/** What can change while a statement is shown. */
function paintStatement(item, record, state, open) {
  const holder = record.holder ?? item.holder;
  fill($("holder"), holder);
  fill($("note"), record.note);
  const cut = $("holder").scrollWidth > $("holder").clientWidth; // a long name is shown whole below its field
  $("holder-hint").textContent = visible(holder) === holder ? (cut ? holder : "") : `Holds hidden characters: ${visible(holder)}`;
  $("state").textContent = [STATES[state], open].filter(Boolean).join(" · ");
  $("state").className = `state ${state}`;
  $("gist").textContent = visible([`Holder: ${holder || "missing"}`, MODES[item.mode], record.note && "note"].filter(Boolean).join(" · "));
}

/** What the annotators of an adjudication gave beside labels: notes, and holders where they differ. */
function paintGiven(item, given) {
  const rows = given.map(({ annotator, holder, note }) => [annotator, item.holder ? "" : holder && `holder: ${holder}`, note]);
  const said = rows.filter(([, ...parts]) => parts.some(Boolean));
  const row = ([name, ...parts]) => make("div", {}, make("dt", {}, name), make("dd", { dir: "auto" }, parts.filter(Boolean).join(" · ")));
  $("given").replaceChildren(...said.map(row));
  $("given").hidden = !said.length;
}

function fill(field, value) {
  if (field.value !== value) field.value = value;
}

/** Holder and note: `onInput(name, value)` for every change, `onLeave()` for Enter and Escape. */
function listenToFields(holders, onFocus, onInput, onLeave) {
  $("holders").append(...holders.map((value) => make("option", { value })));
  for (const name of ["holder", "note"]) {
    const field = $(name);
    field.addEventListener("focus", onFocus);
    field.addEventListener("input", () => onInput(name, field.value));
    field.addEventListener("keydown", (event) => {
      if (event.isComposing || !(event.key === "Escape" || (event.key === "Enter" && !event.shiftKey))) return;
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    });
  }
  // On a narrow screen the particulars fold away, so that the labels are near the text; elsewhere they always stand open.
  const unfold = () => ($("particulars").open = !narrow.matches);
  narrow.addEventListener("change", unfold);
  unfold();
}

/** Where the tasks stand below the statement, its text stays at the top of the screen once it is scrolled away. */
function keepInSight() {
  const seen = new IntersectionObserver((entries) => {
    const { isIntersecting, boundingClientRect } = entries.at(-1);
    $("strip").hidden = isIntersecting || boundingClientRect.top > 0;
  });
  seen.observe($("text"));
}

function enterField(name) {
  $("particulars").open = true;
  $(name).focus();
}
