// Takes questions from the field and from buttons, one after the other: nothing typed is lost, and no question swallowed.
import { keepDraft } from "./keeping.js";
import { giveUp } from "./reaching.js";
import { say } from "./saying.js";

const LONGEST = Number(document.getElementById("main").dataset.longest);
const SEARCHING = "Searching the library";
const NEXT = "This question is asked as soon as the reply above is there.";
const PRESS_AGAIN = "Please wait for the reply, then press that question again.";
const AWAY = "The assistant can’t be reached. Your question is kept, and is asked once the connection is back.";
const TOO_LARGE = "This conversation has become too long to go on. Please begin a new one.";
const FAILED = "The question could not be sent. Please try again.";

const pending = document.createElement("div");
pending.id = "pending";
const note = document.createElement("p");
note.id = "note";
let asking = null; // the question whose reply is on the way; empty while a kept conversation is
let isNext = false; // whether what is in the field is asked after it

const field = () => document.querySelector("#question textarea");

/** Ask what a button offers; the person who pressed it, which may vanish, is taken to the question. */
export function askOffered(question, alone = false) {
  if (asking === null) return begin(question, alone).focus({ preventScroll: true });
  if (field().value.trim()) return tell(PRESS_AGAIN);
  fill(field(), question);
  holdNext();
}

/** Ask what was typed; the person stays in the field. */
export function askTyped() {
  field().focus();
  takeTyped();
}

function takeTyped() {
  const question = field().value;
  if (!question.trim() || noteLength()) return say(note.textContent);
  if (asking !== null) return holdNext();
  fill(field(), "");
  begin(question);
}

/** Note that the field was changed: whoever goes on writing does not want to ask yet. */
export function noteTyping() {
  isNext = false;
  const wasTooLong = field().ariaInvalid === "true";
  if (noteLength() && !wasTooLong) say(note.textContent);
  keepTyped();
}

/** Have a conversation shown again that was kept. */
export function showAgain(messages) {
  asking = "";
  send("kept", JSON.stringify(messages));
}

/** Put into the field what was typed before the page was loaded, before what the person types already. */
export function putBack(question) {
  fill(field(), [question, field().value].filter(Boolean).join("\n"));
}

/** Tell that the server can't be reached. */
export function noteAway() {
  const waiting = pending.querySelector(".waiting");
  if (!waiting) return;
  waiting.classList.add("away");
  say((waiting.textContent = AWAY));
}

/** Put a question back that the server would not have, and say why as far as it did. */
export function noteFailure(status, reason) {
  const question = end();
  putBack(question);
  if (question) tell(status === 413 ? TOO_LARGE : reason || FAILED); // 413: the conversation goes with each question
}

/** Let a reply, below its heading, take the place of what stood for it, and go on with the question that waits. */
export function finish(heading, isRefused) {
  const isFocusLost = pending.contains(document.activeElement) || document.activeElement === document.body;
  const question = end();
  if (question && isFocusLost) heading.focus({ preventScroll: true });
  if (isRefused) putBack(question);
  else if (isNext) takeTyped();
}

/** Ask no more, and begin anew. */
export function clear() {
  giveUp();
  end();
  noteTyping();
  field().focus();
}

/** Show a question and that its reply is on the way, and give its heading. */
function begin(question, alone = false) {
  asking = question.trim();
  const [heading, waiting] = [document.createElement("h2"), document.createElement("p")];
  Object.assign(heading, { className: "question", tabIndex: -1, textContent: asking });
  Object.assign(waiting, { className: "waiting", textContent: `${SEARCHING} …` });
  pending.replaceChildren(heading, waiting);
  document.getElementById("conversation").append(pending);
  heading.scrollIntoView({ block: "start" });
  say(SEARCHING);
  keepTyped();
  send(alone ? "asked-alone" : "asked", asking);
  return heading;
}

/** Take away what stands for a reply, and give the question. */
function end() {
  const question = asking;
  asking = null;
  pending.replaceChildren();
  pending.remove();
  keepTyped();
  return question;
}

function holdNext() {
  isNext = true;
  tell(NEXT);
}

function keepTyped() {
  keepDraft([asking, field().value].filter(Boolean).join("\n"));
}

/** Show whether what is typed is too long to be searched, counted as the server does; give whether it is. */
function noteLength() {
  const length = [...field().value.normalize("NFC").replace(/[\p{C}\s]+/gu, " ").trim()].length;
  const isTooLong = length > LONGEST;
  const [found, most] = [length, LONGEST].map((count) => count.toLocaleString("en-US"));
  field().ariaInvalid = isTooLong ? "true" : null;
  show(isTooLong ? `This text has ${found} characters; at most ${most} can be searched. Please shorten it.` : "");
  return isTooLong;
}

function tell(text) {
  show(text);
  say(text);
}

function show(text) {
  if (!note.isConnected) document.getElementById("composer").prepend(note);
  if (note.textContent !== text) note.textContent = text;
  field().setAttribute("aria-describedby", note.id);
}

/** Put text into a box that nobody sees, and press Enter there: that is how Gradio takes it to the server. */
function send(id, text) {
  const box = document.querySelector(`#${id} textarea`);
  fill(box, text);
  box.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter" }));
}

/** Put text into a box of Gradio's as if it was typed. */
function fill(box, text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
