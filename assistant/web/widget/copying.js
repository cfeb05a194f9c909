// Copies an answer for a briefing: quotes, numbered references with their addresses, the day and the version.
import { provenance, state } from "./citing.js";
import { make } from "./dom.js";
import { announce } from "./status.js";
import { say, today } from "./words.js";

/** Make the button that copies an answer. */
export function copyButton(turn) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(briefing(turn));
      button.textContent = say("copied");
      announce(say("copied"));
      setTimeout(() => (button.textContent = say("copy")), 3000);
    } catch {
      offerText(button, briefing(turn));
    }
  };
  const button = make("button", { type: "button", class: "copy", click: copy }, say("copy"));
  return button;
}

function briefing(turn) {
  const lines = turn.reply.citations.map(reference);
  const colophon = `${say("quoted_by")} ${state(turn)}.`;
  return [turn.question, "", turn.reply.text, "", say("references"), ...lines, "", colophon].join("\n");
}

function reference(citation) {
  const path = [citation.title, ...citation.heading].join(" › ");
  const accessed = say("accessed", { date: today() });
  return `[${citation.number}] ${path}. ${provenance(citation)}. ${new URL(citation.url, location.origin)} (${accessed})`;
}

/** Show the text to be copied by hand, where the browser does not let us. */
function offerText(button, text) {
  const field = make("textarea", { readonly: true, rows: 6, "aria-label": say("copy_by_hand") });
  field.value = text;
  button.replaceWith(make("p", { class: "by-hand" }, say("copy_by_hand"), field));
  field.focus();
  field.select();
}
