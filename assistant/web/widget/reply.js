// Draws a question and what became of it.
import { copyButton } from "./copying.js";
import { make } from "./dom.js";
import { feedbackForm } from "./feedback.js";
import { drawCard, drawFolded, drawPassage, drawQuoted, gistOf, spokenText } from "./quote.js";
import { LIBRARY, has, languageOf, say, state } from "./words.js";

/** Draw a question as a heading that can have the focus. */
export function drawQuestion(question) {
  return make("h2", { class: "question", tabindex: -1, dir: "auto" }, question);
}

/** Draw the reply of a turn; `number` tells it from the others, `ask` asks a question. */
export function drawReply(turn, number, ask) {
  const { reply } = turn;
  const label = labelOf(reply);
  const kind = isGap(reply) ? "answer gap" : reply.kind;
  return frame(kind, label, ...interpretation(turn, ask), ...drawBody(turn, number, ask));
}

function drawBody(turn, number, ask) {
  const { reply } = turn;
  if (reply.kind === "answer") return drawAnswer(turn, `answer-${number}`, ask);
  return reply.kind === "closest" ? drawClosest(turn, ask) : [said(reply), ...offers(reply, ask)];
}

/** Give a reply as one text to be read out. */
export function spoken({ reply }) {
  const text = reply.kind === "closest" ? `${say("doubt")}\n${gistOf(reply.citations[0])}` : reply.text;
  return spokenText(`${labelOf(reply)}\n${text}`);
}

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

function labelOf(reply) {
  const { kind, completeness, reason, citations } = reply;
  if (isGap(reply)) return say("gap");
  if (kind === "closest" && citations.length > 1) return say("closest_several");
  if (completeness === "partial") return say("partial");
  return say(kind !== "abstention" ? kind : has(reason) ? reason : "not_covered");
}

/** Whether all that is quoted tells what the library lacks. */
function isGap({ kind, citations }) {
  return kind === "answer" && citations.every((citation) => citation.role === "gap");
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
  const { citations, more = [], suggestions, not_covered: missing = [] } = turn.reply;
  const quotes = citations.flatMap((citation) => drawQuoted(citation, name));
  const uncovered = missing.map((part) => make("p", { class: "uncovered" }, `${say("not_covered")}: “${part}”`));
  const cards = citations.map((citation) => drawCard(citation, name));
  const next = suggestions.length ? [make("h4", {}, say("next")), drawQuestions(suggestions, ask)] : [];
  const sources = [make("h4", {}, say("sources")), make("ol", { class: "cards" }, ...cards)];
  return [...quotes, ...uncovered, ...sources, ...next, ...drawMore(more), drawFoot(turn)];
}

function drawClosest(turn, ask) {
  const [first, ...others] = turn.reply.citations;
  const also = others.length ? [make("h4", {}, say("near")), ...others.map(drawFolded)] : [];
  return [make("p", { class: "said" }, say("doubt")), drawPassage(first), ...also, ...offers(turn.reply, ask), drawFoot(turn)];
}

/** Draw what may be looked at beside an answer, folded: it is no part of the answer. */
function drawMore(citations) {
  if (!citations.length) return [];
  const said = [make("summary", {}, say("more")), make("p", {}, say("more_is"))];
  return [make("details", { class: "more" }, ...said, ...citations.map(drawFolded))];
}

function drawFoot(turn) {
  return make("div", { class: "foot" }, copyButton(turn), ...feedbackForm(turn), make("p", { class: "state" }, state(turn)));
}
