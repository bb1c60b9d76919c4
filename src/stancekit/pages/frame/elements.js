// What all pages share: elements made of text alone, hidden characters spelled out, dialogs, what the browser remembers.

const $ = (id) => document.getElementById(id);

const HIDDEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** How a hidden character is spelled out. */
const codeOf = (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;

/** Direction marks, invisible characters and controls spelled out, as in the reports; a Windows line end is a line end. */
const visible = (text) => text.replaceAll("\r\n", "\n").replace(HIDDEN, codeOf);

/** What a statement's mode means, in words. */
const MODES = { direct: "quoted", mixed: "partly quoted", indirect: "reported", letter: "letter", narrator: "narrator" };

const count = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;

/** An element; text and children only ever become text and elements. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== false) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== undefined).map((child) => (typeof child === "string" ? visible(child) : child)));
  return node;
}

const key = (text) => make("kbd", { "aria-hidden": "true" }, text);

/** Let the browser save text as a file. */
function saveAs(name, text, type) {
  const link = make("a", { download: name });
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A value of this tab (`sessionStorage`) or this browser (`localStorage`), where there is storage. */
function remember(storage, name, value) {
  try {
    if (value === undefined) return window[storage].getItem(name);
    window[storage].setItem(name, value);
  } catch {
    /* then it is asked for again */
  }
  return null;
}

/** Buttons that close their dialog, and the switch of the keys of one letter, which the browser keeps under a name. */
function listenToDialogs(name) {
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  const apply = () => document.body.classList.toggle("keyless", !$("keys-on").checked);
  $("keys-on").checked = remember("localStorage", name) !== "off";
  $("keys-on").addEventListener("change", () => {
    remember("localStorage", name, $("keys-on").checked ? "on" : "off");
    apply();
  });
  apply();
}
