// What the chat page does beyond Gradio. Loaded before it, since Gradio reads its mode when it starts.
import { askOffered, askTyped, clear, finish, noteAway, noteFailure, noteTyping, putBack, showAgain } from "./composing.js";
import { forget, keep, recall, recallDraft } from "./keeping.js";
import { carryRequests } from "./reaching.js";
import { say } from "./saying.js";
import { spoken, spokenGist } from "./speech.js";

window.__gradio_mode__ = "app";
window.gradio_api_info = { named_endpoints: {}, unnamed_endpoints: {} }; // nothing here is for other programs

const KEPT_NOWHERE = "This browser keeps nothing for this page: your conversation is gone once you leave it.";
const UPDATED = "The library was updated after these replies were given. Each answer names the version it is quoted from.";
const BOXES = ["#question", "#asked", "#asked-alone", "#kept"].map((id) => `${id} textarea`);

const all = (selector) => [...document.querySelectorAll(selector)];
const field = () => document.querySelector("#question textarea");
const state = document.getElementById("state");
const kept = recall();
let isRestoring = kept.messages.length > 0;
let isBegun = false;
let shown = []; // the messages of the conversation
let coming = null; // the conversation that Gradio is about to show, and the last reply it shows until then

function show(id) {
  const target = document.getElementById(id);
  if (!target) return;
  const details = target.querySelector("details");
  if (details) details.open = true;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "center" });
}

function beginAnew() {
  forget();
  clear();
  shown = [];
  coming = null;
  document.querySelector("#conversation .icon-button-wrapper button")?.click(); // Gradio's own, which needs no server
}

/** Take the first look at the page that Gradio has made, and fill an empty conversation. */
function begin() {
  const place = document.querySelector("#conversation .starters-place:empty");
  if (!place || !BOXES.every((box) => document.querySelector(box))) return;
  if (!isBegun) {
    isBegun = true;
    noteKeeping(keep(kept.messages, kept.state));
    putBack(recallDraft());
    if (isRestoring) showAgain(kept.messages);
  }
  if (!isRestoring) place.append(document.getElementById("starters").content.cloneNode(true));
}

/** See whether what was coming is there now: go on from it, and keep it. */
function arrive() {
  const reply = all("#conversation .reply").at(-1);
  if (!coming || !reply || reply === coming.before) return;
  shown = coming.messages;
  coming = null;
  for (const heading of all("#conversation .question")) heading.tabIndex = -1;
  const heading = all("#conversation .message-row .question").at(-1);
  if (isRestoring) noteRestored();
  else announce(reply);
  noteKeeping(keep(shown, state.textContent));
  finish(heading, reply.matches(".refused"));
  heading.scrollIntoView({ block: "start" });
}

function announce(reply) {
  const now = reply.querySelector(".colophon .state"); // the library may have been updated since the page was opened
  if (now) state.textContent = `${now.textContent}.`;
  const near = reply.querySelector(".closest .passage .quote"); // of a passage that may not answer, only what would
  const heard = [spoken(reply.querySelector(".said")), ...(near ? [spokenGist(near)] : [])];
  say(`${reply.querySelector(".kind").textContent}. ${heard.join(" ")}`);
}

function noteRestored() {
  isRestoring = false;
  if (kept.state === state.textContent) return;
  const note = Object.assign(document.createElement("p"), { className: "updated", textContent: UPDATED });
  document.getElementById("conversation").prepend(note);
}

function noteKeeping(isKept) {
  if (!isKept) document.getElementById("privacy").textContent = KEPT_NOWHERE;
}

function tidy() {
  // Gradio names each message by its raw mark-up, and reads the whole log out while it changes.
  for (const message of all("#conversation [aria-label*='<']")) message.removeAttribute("aria-label");
  for (const log of all("#conversation [aria-live='polite']")) log.setAttribute("aria-live", "off");
}

function got(messages) {
  const texts = messages.map(({ role, content }) => [role, content.map((part) => part.text).join("")]);
  if (!texts.length) return failed(); // nothing of what was kept could be shown again
  const isSame = texts.at(-1)[1] === shown.at(-1)?.[1]; // turned away once more: Gradio has nothing to draw
  coming = { messages: texts, before: isSame ? null : all("#conversation .reply").at(-1) };
  if (isSame) setTimeout(arrive);
}

function failed(status, reason) {
  isRestoring = false;
  begin();
  noteFailure(status, reason);
}

carryRequests({ away: noteAway, got, failed });

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const jump = event.target.closest("a.cite, a.back");
  if (button?.matches(".ask, .ask-alone")) askOffered(button.value, button.matches(".ask-alone"));
  else if (button?.matches("#ask")) askTyped();
  else if (button?.matches("#new")) beginAnew();
  else if (jump) {
    event.preventDefault();
    show(jump.hash.slice(1));
  }
});

document.addEventListener("input", (event) => event.target === field() && noteTyping());

function sendByKey(event) {
  if (event.target !== field() || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  askTyped();
}
document.addEventListener("keydown", sendByKey, true);

new MutationObserver(() => {
  begin();
  tidy();
  arrive();
}).observe(document.querySelector("gradio-app"), { childList: true, subtree: true });
