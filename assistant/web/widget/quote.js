// Draws the library's text as the paragraphs, lists and rows that it is.
import { make } from "./dom.js";

const LINE = /^( *)(- |(\d+)\. )?/;
const CELL_END = " | ";

/** Give elements for a text; its characters from `from` up to `to` are marked, counted as the API counts them. */
export function drawText(text, from = 0, to = 0) {
  const units = (count) => [...text].slice(0, count).join("").length; // some characters are two units of a string here
  let start = 0;
  const lines = text.split("\n").map((words) => {
    const [mark, indent, item, number] = LINE.exec(words);
    const line = { start: start + mark.length, words: words.slice(mark.length), indent: indent.length, item, number };
    start += words.length + 1;
    return line;
  });
  return flow(lines.filter((line) => line.words.trim()), { from: units(from), to: units(to) });
}

function flow(lines, marked) {
  const drawn = [];
  while (lines.length) {
    const count = Math.max(1, blockLength(lines));
    drawn.push(drawBlock(lines.slice(0, count), marked));
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

function drawBlock(lines, marked) {
  const [first] = lines;
  if (first.item) return drawList(lines, marked);
  if (!isRow(first)) return make("p", {}, ...pieces(first.words, first.start, marked));
  const rows = lines.map((line) => make("tr", {}, ...drawCells(line, marked)));
  return make("div", { class: "table" }, make("table", {}, make("tbody", {}, ...rows)));
}

function drawList(lines, marked) {
  const [{ number, indent }] = lines;
  const starts = lines.flatMap((line, at) => (line.indent === indent ? [at] : []));
  const items = starts.map((at, order) => {
    const [line, ...below] = lines.slice(at, starts[order + 1]);
    return make("li", {}, ...pieces(line.words, line.start, marked), ...flow(below, marked));
  });
  return number ? make("ol", { start: number }, ...items) : make("ul", {}, ...items);
}

function drawCells(line, marked) {
  let start = line.start;
  return line.words.split(CELL_END).map((words) => {
    const cell = make("td", {}, ...pieces(words, start, marked));
    start += words.length + CELL_END.length;
    return cell;
  });
}

/** Give the words that stand at `start`, what is marked of them in a <mark>. */
function pieces(words, start, { from, to }) {
  const [a, b] = [from, to].map((edge) => Math.min(Math.max(edge - start, 0), words.length));
  const mark = words.slice(a, b);
  return [words.slice(0, a), ...(mark ? [make("mark", {}, mark)] : []), words.slice(b)];
}
