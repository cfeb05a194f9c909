// What the chat page does beyond Gradio. Loaded before it, since Gradio reads its mode when it starts.
"use strict";

window.__gradio_mode__ = "app";
window.gradio_api_info = { named_endpoints: {}, unnamed_endpoints: {} }; // nothing here is for other programs

const field = () => document.querySelector("#question textarea");

function say(text) {
  const announcer = document.getElementById("announcer");
  if (announcer.textContent !== text) announcer.textContent = text;
}

function ask(question, button) {
  const text = field();
  text.value = question;
  text.dispatchEvent(new Event("input", { bubbles: true }));
  // Gradio takes the value over before the next frame is drawn.
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(button).click()));
}

function show(id) {
  const target = document.getElementById(id);
  if (!target) return;
  const details = target.querySelector("details");
  if (details) details.open = true;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.ask, button.ask-alone");
  const jump = event.target.closest("a.cite, a.back");
  if (button?.matches(".ask")) ask(button.value, "ask");
  else if (button?.matches(".ask-alone")) ask(button.value, "ask-alone");
  else if (jump) {
    event.preventDefault();
    show(jump.hash.slice(1));
  }
});

let announced = "";

function announce() {
  if (document.querySelector("#conversation .waiting")) {
    say("Searching the library");
    return;
  }
  const reply = [...document.querySelectorAll("#conversation .reply")].at(-1);
  if (!reply) announced = "";
  if (!reply || reply.id === announced) return;
  announced = reply.id;
  const state = reply.querySelector(".colophon .state"); // the library may have been updated since the page was opened
  if (state) document.getElementById("state").textContent = `${state.textContent}.`;
  say(`${reply.querySelector(".kind").textContent}. ${spoken(reply.querySelector(".said"))}`);
  [...document.querySelectorAll("#conversation .question")].at(-1)?.scrollIntoView({ block: "start" });
}

function tidy() {
  // Gradio names each message by its raw mark-up, and reads the whole log out while it changes.
  for (const message of document.querySelectorAll("#conversation [aria-label*='<']")) message.removeAttribute("aria-label");
  for (const log of document.querySelectorAll("#conversation [aria-live='polite']")) log.setAttribute("aria-live", "off");
}

function begin() {
  const place = document.querySelector("#conversation .starters-place:empty");
  if (place) place.append(document.getElementById("starters").content.cloneNode(true));
}

new MutationObserver(() => {
  begin();
  tidy();
  announce();
}).observe(document.querySelector("gradio-app"), { childList: true, subtree: true });
