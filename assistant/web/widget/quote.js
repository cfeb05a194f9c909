// Draws the library's text as the paragraphs, lists and rows that it is.
import { make, makeLink } from "./dom.js";
import { say } from "./words.js";

const LINE = /^( *)(- |(\d+)\. )?/;
const CELL_END = " | ";

/** Give elements for a text with its `links`, marked from `from` up to `to`; all are counted in characters, as in the API. */
export function drawText(text, { from = 0, to = 0, links = [] }) {
  const units = (count) => [...text].slice(0, count).join("").length; // some characters are two units of a string here
  let start = 0;
  const lines = text.split("\n").map((words) => {
    const [mark, indent, item, number] = LINE.exec(words);
    const line = { start: start + mark.length, words: words.slice(mark.length), indent: indent.length, item, number };
    start += words.length + 1;
    return line;
  });
  const linked = links.map(({ start: a, end: b, url }) => ({ start: units(a), end: units(b), url }));
  const visible = lines.filter((line) => line.words.trim());
  return flow(visible, { from: units(from), to: units(to), links: linked });
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
function markedPieces(words, start, { from, to }) {
  const [a, b] = [from, to].map((edge) => Math.min(Math.max(edge - start, 0), words.length));
  const mark = words.slice(a, b);
  return [words.slice(0, a), ...(mark ? [make("mark", {}, mark)] : []), words.slice(b)];
}
