// The page within the iframe: takes questions, shows what becomes of them, and keeps the conversation.
import { Failure, ask as askAssistant } from "./asking.js";
import { colourBy } from "./colours.js";
import { make } from "./dom.js";
import { on, tell } from "./partner_page.js";
import { drawFailure, drawQuestion, drawQuestions, drawReply, spoken, spokenFailure } from "./reply.js";
import { announce } from "./status.js";
import { say } from "./words.js";

const KEY = `policy-assistant:${document.documentElement.dataset.site}`; // what is kept survives a change of page
const LONGEST = 24 * 60 * 60 * 1000;
const MOST = 20;

const get = (id) => document.getElementById(id);
const settings = new URLSearchParams(location.search);
const field = get("question");
let turns = recall();
let isWaiting = false;

async function ask(question, alone = false, isTyped = false) {
  const text = question.trim();
  if (!text || isWaiting) return;
  isWaiting = true;
  const entry = begin(text, isTyped);
  tell("asked");
  try {
    const turn = { ...(await askAssistant(text, turns, alone)), alone };
    turns = [...turns, turn];
    remember(turns);
    finish(entry, drawReply(turn, turns.length, askOffered), spoken(turn), turn.reply.kind);
  } catch (error) {
    const failure = error instanceof Failure ? error : new Failure("broken");
    const drawn = drawFailure(failure, () => (entry.remove(), ask(text, alone)));
    finish(entry, drawn, spokenFailure(failure), "failure");
  }
  isWaiting = false;
}

const askOffered = (question, alone = false) => ask(question, alone);

/** Show the question at once; a person who typed goes on in the field, one who pressed a button is taken to it. */
function begin(question, isTyped) {
  const heading = drawQuestion(question);
  const waiting = make("p", { class: "waiting" }, `${say("searching")} …`);
  const entry = make("section", { class: "turn" }, heading, waiting);
  get("turns").append(entry);
  showBeginning(false);
  announce(say("searching"));
  if (isTyped) field.value = "";
  else heading.focus({ preventScroll: true });
  fit();
  entry.scrollIntoView({ block: "start" });
  return entry;
}

function finish(entry, reply, text, kind) {
  entry.querySelector(".waiting").replaceWith(reply);
  entry.scrollIntoView({ block: "start" });
  announce(text);
  tell("replied", { kind });
}

function showBeginning(isShown) {
  get("beginning").hidden = !isShown;
  get("clear").hidden = isShown;
}

function clear() {
  turns = [];
  remember(turns);
  get("turns").replaceChildren();
  showBeginning(true);
  field.focus();
}

/** Give the turns that were kept, the oldest first. */
function recall() {
  try {
    const { saved, turns } = JSON.parse(localStorage.getItem(KEY));
    if (Date.now() - saved < LONGEST) return turns;
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept, storage is denied, or what is there is not ours
  }
  return [];
}

/** Keep the latest turns; without any, nothing stays. */
function remember(turns) {
  try {
    if (turns.length) localStorage.setItem(KEY, JSON.stringify({ saved: Date.now(), turns: turns.slice(-MOST) }));
    else localStorage.removeItem(KEY);
  } catch {
    // storage is denied or full: the conversation lasts as long as the page
  }
}

/** Make the field as high as its text, up to what its style allows. */
function fit() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

/** Focus the field; WebKit does not in another site's frame that nobody has used yet, but goes where an address leads. */
function focusField() {
  field.focus();
  if (document.activeElement === field) return;
  location.replace("#question");
  field.setSelectionRange(field.value.length, field.value.length); // or what is typed goes nowhere
}

function isSending(event) {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing;
}

function restore() {
  turns.forEach((turn, at) => {
    const drawn = [drawQuestion(turn.question), drawReply(turn, at + 1, askOffered)];
    get("turns").append(make("section", { class: "turn" }, ...drawn));
  });
  showBeginning(!turns.length);
  get("turns").lastElementChild?.scrollIntoView({ block: "start" });
}

function noteConnection() {
  get("offline").hidden = navigator.onLine;
}

/** Say so where this page was opened at an address that the assistant takes no questions from. */
function noteAddress() {
  const { own } = get("elsewhere").dataset;
  if (own.split(" ").includes(location.origin)) return;
  get("elsewhere").textContent = say("elsewhere", { here: location.origin, own });
  get("elsewhere").hidden = false;
}

colourBy(settings.get("accent") || document.documentElement.dataset.accent);
get("starters").append(drawQuestions(JSON.parse(get("starters").dataset.questions), askOffered));
get("close").hidden = settings.get("launcher") !== "true";
try {
  restore();
} catch {
  clear(); // what was kept is of another make
}
noteAddress();
noteConnection();
addEventListener("online", noteConnection);
addEventListener("offline", noteConnection);
get("clear").addEventListener("click", clear);
get("close").addEventListener("click", () => tell("close"));
field.addEventListener("input", fit);
field.addEventListener("keydown", (event) => {
  if (!isSending(event)) return;
  event.preventDefault();
  ask(field.value, false, true);
});
get("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  ask(field.value, false, true);
});
addEventListener("keydown", (event) => event.key === "Escape" && tell("close"));
on("focus", focusField);
on("ask", (question) => ask(String(question)));
