// The keyboard: a digit or letter acts at once, except while something is typed or a dialog is open.

const KEYS = {
  s: "skip", u: "undo", n: "note", h: "holder", e: "guide", t: "task", p: "previous", j: "open", o: "overview", d: "download",
  w: "article", v: "given",
};
const ARROWS = { ArrowLeft: "previous", ArrowRight: "next" };

function listenToKeys(desk) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("textarea, input:not([type=radio], [type=checkbox], [type=file])");
    if (typing || event.target.closest("dialog") || event.isComposing || event.altKey) return;
    if (act(desk, event)) event.preventDefault();
  });
}

/** Says whether the key meant something here; where it did not, the browser has it. */
function act(desk, event) {
  const { key, target, shiftKey, ctrlKey, metaKey } = event;
  if (ctrlKey || metaKey) return key.toLowerCase() === "z" && !shiftKey && run(desk, "undo", event);
  if (key === "Enter") return !target.closest("button, summary, a") && run(desk, "confirm", event);
  // Arrows move within a group of labels that has the focus.
  if (key in ARROWS) return !target.closest("input") && !shiftKey && run(desk, ARROWS[key], event);
  if (!$("keys-on").checked) return false;
  if (key === "?") return run(desk, "help", event);
  const pressed = printed(event);
  if (shiftKey && pressed !== "t") return also(desk, pressed);
  const label = desk.active.labelAt(pressed);
  if (label !== undefined) {
    desk.pick(desk.active.task, label, true);
    return true;
  }
  return Object.hasOwn(KEYS, pressed) && run(desk, KEYS[pressed], event);
}

function run(desk, command, event) {
  desk.commands[command](event);
  return true;
}

function also(desk, pressed) {
  const label = desk.tasks.find((view) => view.task.also)?.labelAt(pressed);
  if (label !== undefined) desk.also(label);
  return label !== undefined;
}

/** The key as it is printed: a digit wherever the row of digits is, on a layout that wants Shift for them too. */
function printed(event) {
  const digit = /^Digit(\d)$/.exec(event.code);
  return digit ? digit[1] : event.key.toLowerCase();
}
