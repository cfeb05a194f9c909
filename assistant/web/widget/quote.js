// Draws the library's text as the paragraphs, lists and rows that it is, and where it stands.
import { fetchPassage } from "./asking.js";
import { make, makeLink } from "./dom.js";
import { LIBRARY, provenance, say } from "./words.js";

const LINE = /^( *)(- |(\d+)\. )?/;
const CELL_END = " | ";
const DEEP = 60; // words before what answers, from which it is shown above the quote too, as on the chat page

/** Draw a quote of an answer, what of it answers before it. */
export function drawQuoted(citation, name) {
  const { number } = citation;
  const chip = make("a", { class: "cite", href: `#${name}-source-${number}`, click: jump }, `[${number}]`);
  chip.prepend(make("span", { class: "unseen" }, `${say("source")} `));
  const quote = drawQuote(citation, { id: `${name}-quote-${number}`, tabindex: -1 });
  const ends = quote.querySelectorAll("p, li, td");
  ends[ends.length - 1].append(" ", chip);
  return [...drawNewer(citation), ...drawGist(citation), quote, ...drawRest(citation)];
}

/** Draw the card of a source. */
export function drawCard(citation, name) {
  const { number, title, heading } = citation;
  const back = make("a", { class: "back", href: `#${name}-quote-${number}`, click: jump }, `${number}`);
  back.prepend(make("span", { class: "unseen" }, `${say("back")} `));
  return make(
    "li",
    { class: "card", id: `${name}-source-${number}`, tabindex: -1 },
    make("h5", {}, back, " ", make("span", LIBRARY, title)),
    make("p", { class: "path", ...LIBRARY }, heading.join(" › ")),
    drawProvenance(citation),
    drawContext(citation),
    drawLinks(citation),
  );
}

/** Draw a passage that is near to the question. */
export function drawPassage(citation) {
  return make("div", { class: "passage" }, make("h4", {}, ...drawPlace(citation)), ...drawNear(citation));
}

/** Draw the same, folded below its place and the first line of its quote. */
export function drawFolded(citation) {
  const line = citation.quote.split("\n")[0].replace(LINE, "").replaceAll(CELL_END, ", ");
  const first = make("span", { class: "first", ...LIBRARY }, line);
  return make("details", { class: "passage" }, make("summary", {}, ...drawPlace(citation), " ", first), ...drawNear(citation));
}

/** Give what of a quote answers, as text. */
export function gistOf({ quote, start, highlights = [] }) {
  const characters = [...quote]; // which offsets count
  const found = highlights.map((light) => characters.slice(light.start - start, light.end - start).join(""));
  return found.join("\n") || quote;
}

function drawPlace({ number, title, heading }) {
  const badge = make("span", { class: "number" }, make("span", { class: "unseen" }, `${say("passage")} `), `${number}`);
  return [badge, " ", make("span", { class: "place", ...LIBRARY }, [title, ...heading].join(" › "))];
}

function drawNear(citation) {
  const quote = drawQuote(citation, {});
  return [...drawNewer(citation), ...drawGist(citation), quote, ...drawRest(citation), drawProvenance(citation), drawLinks(citation)];
}

function drawQuote({ quote, start, links = [], highlights = [] }, attributes) {
  const within = (stretch) => ({ ...stretch, start: stretch.start - start, end: stretch.end - start });
  const drawn = drawText(quote, { links: links.map(within), marks: highlights.map(within) });
  return make("blockquote", { ...attributes, ...LIBRARY }, ...drawn);
}

function drawGist(citation) {
  const { quote, start, highlights = [] } = citation;
  const before = highlights.length ? [...quote].slice(0, highlights[0].start - start).join("") : "";
  if (before.split(/\s+/).filter(Boolean).length <= DEEP) return [];
  const whence = make("p", { class: "whence" }, say("gist"));
  return [make("div", { class: "gist" }, whence, make("div", LIBRARY, ...drawText(gistOf(citation), {})))];
}

function drawNewer({ superseded_by: newer }) {
  return newer ? [make("p", { class: "rest" }, `${say("superseded")} `, drawLink(newer.url, newer.title))] : [];
}

function drawRest({ url, continues }) {
  return continues ? [make("p", { class: "rest" }, `${say("rest")} `, drawLink(url, say("whole")))] : [];
}

function drawProvenance(citation) {
  return make("p", { class: "provenance", ...LIBRARY }, provenance(citation));
}

function drawLinks({ url, source_url: original }) {
  const links = [drawLink(url, say("open_library")), ...(original ? [drawLink(original, say("original"))] : [])];
  return make("p", { class: "links" }, ...links.flatMap((link) => [link, " "]));
}

function drawLink(url, text) {
  return makeLink(url, {}, text, make("span", { class: "unseen" }, ` ${say("new_tab")}`));
}

/** Draw the quote in its passage, which is fetched when it is first looked at. */
function drawContext({ passage, start, end }) {
  const place = make("div", { class: "context", ...LIBRARY });
  const look = async () => {
    if (!details.open || place.hasChildNodes()) return;
    const found = await fetchPassage(passage).catch(() => null);
    const draw = ({ text, links }) => drawText(text, { marks: [{ start, end }], links });
    place.replaceChildren(...(found ? draw(found) : [say("passage_missing")]));
  };
  const details = make("details", { toggle: look }, make("summary", {}, say("in_passage")), place);
  return details;
}

/** Go where a link within the page leads, and leave the address alone. */
function jump(event) {
  event.preventDefault();
  const target = document.getElementById(event.currentTarget.hash.slice(1));
  const details = target.querySelector("details");
  if (details) details.open = true;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}

/** Give elements for a text with its `links` and what is marked; all are counted in characters, as in the API. */
export function drawText(text, { marks = [], links = [] }) {
  const units = (count) => [...text].slice(0, count).join("").length; // some characters are two units of a string here
  let start = 0;
  const lines = text.split("\n").map((words) => {
    const [mark, indent, item, number] = LINE.exec(words);
    const line = { start: start + mark.length, words: words.slice(mark.length), indent: indent.length, item, number };
    start += words.length + 1;
    return line;
  });
  const inUnits = ({ start: a, end: b, url }) => ({ start: units(a), end: units(b), url });
  const visible = lines.filter((line) => line.words.trim());
  return flow(visible, { marks: marks.map(inUnits), links: links.map(inUnits) });
}

/** Give a text as it is read out: each line a sentence, the cells of a row apart. */
export function spokenText(text) {
  const lines = text.split("\n").map((line) => line.trim().replace(/^- /, "").replaceAll(CELL_END, ", "));
  return lines.filter(Boolean).map((line) => (/[\p{L}\p{N}]$/u.test(line) ? `${line}.` : line)).join(" ");
}

function flow(lines, shown) {
  const drawn = [];
  while (lines.length) {
    const count = Math.max(1, blockLength(lines));
    drawn.push(drawBlock(lines.slice(0, count), shown));
    lines = lines.slice(count);
  }
  return drawn;
}

/** Count the lines of the list or of the table that begins with the first line. */
function blockLength(lines) {
  const [first] = lines;
  const isInside = first.item
    ? (line) => line.indent > first.indent || (line.item && line.indent === first.indent)
    : (line) => isRow(first) && isRow(line);
  const end = lines.findIndex((line) => !isInside(line));
  return end < 0 ? lines.length : end;
}

const isRow = (line) => !line.item && line.words.includes(CELL_END);

function drawBlock(lines, shown) {
  const [first] = lines;
  if (first.item) return drawList(lines, shown);
  if (!isRow(first)) return make("p", {}, ...pieces(first.words, first.start, shown));
  const rows = lines.map((line) => make("tr", {}, ...drawCells(line, shown)));
  return make("div", { class: "table" }, make("table", {}, make("tbody", {}, ...rows)));
}

function drawList(lines, shown) {
  const [{ number, indent }] = lines;
  const starts = lines.flatMap((line, at) => (line.indent === indent ? [at] : []));
  const items = starts.map((at, order) => {
    const [line, ...below] = lines.slice(at, starts[order + 1]);
    return make("li", {}, ...pieces(line.words, line.start, shown), ...flow(below, shown));
  });
  return number ? make("ol", { start: number }, ...items) : make("ul", {}, ...items);
}

function drawCells(line, shown) {
  let start = line.start;
  return line.words.split(CELL_END).map((words) => {
    const cell = make("td", {}, ...pieces(words, start, shown));
    start += words.length + CELL_END.length;
    return cell;
  });
}

/** Give the words that stand at `start`, with the links among them. */
function pieces(words, start, shown) {
  const clip = (edge) => Math.min(Math.max(edge - start, 0), words.length);
  const drawn = [];
  let at = 0;
  for (const link of shown.links) {
    const [a, b] = [clip(link.start), clip(link.end)];
    if (a < at || a === b) continue; // within another link, or on another line
    const inside = markedPieces(words.slice(a, b), start + a, shown);
    drawn.push(...markedPieces(words.slice(at, a), start + at, shown));
    drawn.push(makeLink(link.url, { title: say("new_tab") }, ...inside)); // no words: who copies the quote would copy them
    at = b;
  }
  return [...drawn, ...markedPieces(words.slice(at), start + at, shown)];
}

/** Give words, what is marked of them in a <mark>. */
function markedPieces(words, start, { marks }) {
  const drawn = [];
  let at = 0;
  for (const mark of marks) {
    const [a, b] = [mark.start, mark.end].map((edge) => Math.min(Math.max(edge - start, at), words.length));
    if (a >= b) continue; // on another line
    drawn.push(words.slice(at, a), make("mark", {}, words.slice(a, b)));
    at = b;
  }
  return [...drawn, words.slice(at)];
}
