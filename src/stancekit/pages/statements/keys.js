// The keyboard and the pointer.

const KEYS = {
  d: "doubtful", j: "statement", k: "statement-back", n: "article", p: "article-back", o: "only", c: "correct", m: "corrections", "/": "search", "-": "lower", "+": "raise",
  "=": "raise", "?": "help",
};
const ARROWS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function listenToKeys(reader) {
  document.addEventListener("keydown", (event) => {
    const { key, target, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (event.isComposing || altKey || ctrlKey || metaKey || target.closest("dialog, input, #correct")) return;
    // From statement to statement where one has the focus; elsewhere arrows scroll.
    if (key in ARROWS && target.closest(".chip")) reader.step(ARROWS[key]);
    else if ([" ", "Enter"].includes(key) && target.closest(".chip")) target.click();
    else if (key === "Escape") reader.close();
    else if (!$("keys-on").checked) return;
    else if (key === "D" && shiftKey) reader.commands["doubtful-back"]();
    else if (Object.hasOwn(KEYS, key.toLowerCase())) reader.commands[KEYS[key.toLowerCase()]]();
    else return;
    event.preventDefault();
  });
}

function listenToFields(reader) {
  let waiting;
  const search = () => {
    clearTimeout(waiting);
    waiting = undefined;
    reader.search($("query").value);
  };
  $("query").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, LINGER);
  });
  $("query").addEventListener("keydown", (event) => {
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Escape") $("query").value = "";
    if (waiting || event.key === "Escape") search();
    if (event.key === "Enter") {
      reader.step(event.shiftKey ? -1 : 1);
      $("query").focus({ preventScroll: true }); // Enter again goes on
    } else $("query").blur();
  });
  $("search").addEventListener("submit", (event) => event.preventDefault());
  $("threshold").addEventListener("input", () => {
    if ($("threshold").validity.valid && $("threshold").value) reader.doubt(Number($("threshold").value));
  });
  $("threshold").addEventListener("change", () => ($("threshold").value = reader.threshold));
  $("threshold").addEventListener("keydown", (event) => {
    if (["Enter", "Escape"].includes(event.key)) $("threshold").blur();
  });
}

function listenToPointer(reader) {
  const unitAt = (event) => {
    const piece = event.target.closest(".unit");
    return piece ? reader.article.units[Number(piece.dataset.k)] : null;
  };
  $("text").addEventListener("pointerover", (event) => wide.matches && event.pointerType !== "touch" && reader.peek(unitAt(event)));
  $("text").addEventListener("pointerleave", () => reader.peek(null));
  $("text").addEventListener("click", (event) => {
    if (!getSelection().isCollapsed) return; // text is being copied
    const unit = unitAt(event);
    if (unit) reader.select(unit === reader.selected ? null : unit, { reveal: true, focus: true });
  });
  $("text").addEventListener("focusin", (event) => {
    const unit = unitAt(event);
    if (unit && unit !== reader.selected && event.target.matches(":focus-visible")) reader.select(unit, { reveal: true });
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) reader.commands[button.dataset.do]();
  });
}
