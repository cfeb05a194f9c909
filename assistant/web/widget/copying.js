// Copies an answer for a briefing: quotes, numbered references with their addresses, the day and the version.
import { make } from "./dom.js";
import { announce } from "./status.js";
import { provenance, say, state, today } from "./words.js";

const ITEM = /^ *(- |\d+\. )/;
const CELL_END = / \|(?: |$)/; // the last cell of a row may be empty

/** Make the button that copies an answer. */
export function copyButton(turn) {
  const button = make("button", { type: "button", class: "copy", click: () => copy(button, briefing(given(turn))) }, say("copy"));
  return button;
}

/** Copy a text and say so on the button that was pressed; where a browser denies it, show the text to be copied by hand. */
export async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    offerText(button, text);
    return;
  }
  button.dataset.label ??= button.textContent;
  button.textContent = say("copied");
  announce(say("copied"));
  setTimeout(() => (button.textContent = button.dataset.label), 3000);
}

/** Give a reply as plain text: its question, a doubt if there is one, quotes by their numbers, references and the state of the library. */
export function briefing({ question, doubt, quotes, missing, references, colophon }) {
  const accessed = `(${say("accessed", { date: today() })})`;
  const list = references.map(({ text, url }) => `${text} ${new URL(url, location.origin)} ${accessed}`);
  const quoted = quotes.map((quote, at) => paragraphs(quote, at + 1));
  return [question, ...(doubt ? [doubt] : []), ...quoted, ...missing, [say("references"), ...list].join("\n"), colophon].join("\n\n");
}

/** Give a quote and its number: an empty line between blocks, a line for each item or row, and no doubled spaces. */
function paragraphs(quote, number) {
  const lines = quote.split("\n").map(tidy);
  const blocks = [];
  lines.forEach((line, at) => {
    const continues = at > 0 && lines[at - 1] && kindOf(lines[at - 1]) === kindOf(line);
    if (line) blocks.push(continues ? `${blocks.pop()}\n${line}` : line);
  });
  const isTable = kindOf(blocks.at(-1).split("\n").at(-1)) === "row"; // within a row the number would be of its last cell
  return `${blocks.join("\n\n")}${isTable ? "\n\n" : " "}[${number}]`;
}

function kindOf(line) {
  if (ITEM.test(line)) return "item";
  if (CELL_END.test(line)) return "row";
  return line.startsWith(" ") ? "item" : "words"; // what continues an item is indented
}

function tidy(line) {
  const [indent] = /^ */.exec(line);
  const words = line.split(CELL_END).map((cell) => cell.trim().replace(/\s+/g, " ") || "–");
  return line.trim() && indent + words.join(" | ");
}

/** Give what `briefing` takes of a turn as the API gives it. */
function given({ question, reply, ...version }) {
  const isClosest = reply.kind === "closest";
  const citations = isClosest ? reply.citations.slice(0, 1) : reply.citations;
  return {
    question,
    doubt: isClosest ? say("doubt") : "",
    quotes: citations.map((citation) => citation.quote),
    missing: (reply.not_covered || []).map((part) => `${say("not_covered")}: “${part}”`),
    references: citations.map((citation) => ({ text: reference(citation), url: citation.url })),
    colophon: `${say("quoted_by")} ${state(version)}.`,
  };
}

function reference(citation) {
  const path = [citation.title, ...citation.heading].join(" › ");
  return [`[${citation.number}] ${path}`, provenance(citation)].filter(Boolean).map(ended).join(" ");
}

const ended = (text) => (/[.?!…]$/.test(text) ? text : `${text}.`);

/** Show the text to be copied by hand, where the browser does not let us. */
function offerText(button, text) {
  const field = make("textarea", { readonly: true, rows: 6, "aria-label": say("copy_by_hand") });
  field.value = text;
  button.replaceWith(make("p", { class: "by-hand" }, say("copy_by_hand"), field));
  field.focus();
  field.select();
}
