// Draws a question and what became of it.
import { fetchPassage } from "./asking.js";
import { provenance, state } from "./citing.js";
import { copyButton } from "./copying.js";
import { make, makeLink } from "./dom.js";
import { feedbackForm } from "./feedback.js";
import { drawText, spokenText } from "./quote.js";
import { LIBRARY, has, languageOf, say } from "./words.js";

/** Draw a question as a heading that can have the focus. */
export function drawQuestion(question) {
  return make("h2", { class: "question", tabindex: -1, dir: "auto" }, question);
}

/** Draw the reply of a turn; `number` tells it from the others, `ask` asks a question. */
export function drawReply(turn, number, ask) {
  const { reply } = turn;
  const label = labelOf(reply);
  const body = reply.kind === "answer" ? drawAnswer(turn, `answer-${number}`, ask) : [said(reply), ...offers(reply, ask)];
  return frame(reply.kind, label, ...interpretation(turn, ask), ...body);
}

/** Give a reply as one text to be read out. */
export const spoken = ({ reply }) => spokenText(`${labelOf(reply)}\n${reply.text}`);

/** Give a failure likewise. */
export const spokenFailure = (failure) => spokenText(`${say("error")}\n${explanation(failure)}`);

/** Draw that there is no answer because something broke, with a way to try again. */
export function drawFailure(failure, retry) {
  const text = make("p", { class: "said" }, explanation(failure));
  const again = failure.isFinal ? [] : [make("button", { type: "button", class: "retry", click: retry }, say("retry"))];
  return frame("failure", say("error"), text, ...again);
}

const explanation = ({ message, seconds }) => say(message, { seconds });

/** Draw questions as buttons that ask them. */
export function drawQuestions(questions, ask) {
  const button = (question) => make("button", { type: "button", click: () => ask(question) }, question);
  return make("ul", { class: "questions", ...LIBRARY }, ...questions.map((question) => make("li", {}, button(question))));
}

function labelOf({ kind, completeness, reason }) {
  if (completeness === "partial") return say("partial");
  return say(kind !== "abstention" ? kind : has(reason) ? reason : "not_covered");
}

function frame(kind, label, ...body) {
  return make("div", { class: `reply ${kind}` }, make("h3", { class: "kind" }, label), ...body);
}

function said(reply) {
  return make("p", { class: "said", ...languageOf(reply) }, reply.text);
}

function offers({ options, nearest, suggestions }, ask) {
  const questions = [...options, ...suggestions];
  const near = nearest.length ? [make("h4", {}, say("nearest")), drawQuestions(nearest, ask)] : [];
  return [...(questions.length ? [drawQuestions(questions, ask)] : []), ...near];
}

/** Tell the query that was searched if it is not what was typed, with a way to search the words as typed. */
function interpretation({ question, query, alone }, ask) {
  if (alone || !query || query === question) return [];
  const undo = make("button", { type: "button", click: () => ask(question, true) }, say("as_typed"));
  const shown = make("strong", LIBRARY, query);
  return [make("p", { class: "interpreted" }, `${say("interpreted")} `, shown, " ", undo)];
}

function drawAnswer(turn, name, ask) {
  const { parts, citations, suggestions, not_covered: missing = [] } = turn.reply;
  const quotes = parts.map((part) => drawQuote(part, citations[part.citation - 1], name));
  const gaps = missing.map((part) => make("p", { class: "uncovered" }, `${say("not_covered")}: “${part}”`));
  const cards = citations.map((citation) => drawCard(citation, name));
  const next = suggestions.length ? [make("h4", {}, say("next")), drawQuestions(suggestions, ask)] : [];
  const sources = [make("h4", {}, say("sources")), make("ol", { class: "cards" }, ...cards)];
  return [...quotes, ...gaps, ...sources, ...next, drawFoot(turn)];
}

function drawQuote({ text, citation }, { start, links = [] }, name) {
  const chip = make("a", { class: "cite", href: `#${name}-source-${citation}`, click: jump }, `[${citation}]`);
  chip.prepend(make("span", { class: "unseen" }, `${say("source")} `));
  const within = links.map((link) => ({ ...link, start: link.start - start, end: link.end - start }));
  const drawn = drawText(text, { links: within });
  const quote = make("blockquote", { id: `${name}-quote-${citation}`, tabindex: -1, ...LIBRARY }, ...drawn);
  const ends = quote.querySelectorAll("p, li, td");
  ends[ends.length - 1].append(" ", chip);
  return quote;
}

function drawCard(citation, name) {
  const { number, title, heading, url, source_url: original } = citation;
  const back = make("a", { class: "back", href: `#${name}-quote-${number}`, click: jump }, `${number}`);
  back.prepend(make("span", { class: "unseen" }, `${say("back")} `));
  const links = [drawLink(url, say("open_library"))];
  if (original) links.push(drawLink(original, say("original")));
  return make(
    "li",
    { class: "card", id: `${name}-source-${number}`, tabindex: -1 },
    make("h5", {}, back, " ", make("span", LIBRARY, title)),
    make("p", { class: "path", ...LIBRARY }, heading.join(" › ")),
    make("p", { class: "provenance", ...LIBRARY }, provenance(citation)),
    drawContext(citation),
    make("p", { class: "links" }, ...links.flatMap((link) => [link, " "])),
  );
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
    const draw = ({ text, links }) => drawText(text, { from: start, to: end, links });
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

function drawFoot(turn) {
  return make("div", { class: "foot" }, copyButton(turn), ...feedbackForm(turn), make("p", { class: "state" }, state(turn)));
}
