// Asks whether an answer helped, and if not why.
import { sendFeedback } from "./asking.js";
import { make } from "./dom.js";
import { announce } from "./status.js";
import { say } from "./words.js";

const REASONS = ["wrong", "incomplete", "outdated", "unclear", "other"];

/** Make what stands below an answer: two buttons, and a form behind the second. */
export function feedbackForm(turn) {
  const place = make("div", { class: "feedback" });
  const button = (name, click) => make("button", { type: "button", click }, say(name));
  const begin = () => {
    const no = button("no", () => form(place, turn, () => begin().focus()));
    place.replaceChildren(make("span", {}, say("helpful")), button("yes", () => send(place, turn, { verdict: "up" })), no);
    return no;
  };
  begin();
  return [place];
}

let forms = 0;

function form(place, turn, cancel) {
  forms += 1;
  const reasons = REASONS.map((reason, at) => {
    const radio = make("input", { type: "radio", name: `reason-${forms}`, value: reason, required: at === 0 });
    return make("label", { class: "choice" }, radio, " ", say(reason));
  });
  const keepsWords = document.documentElement.dataset.words === "kept"; // else nothing is asked for that is thrown away
  const comment = make("textarea", { rows: 2, maxlength: 500 });
  const withQuery = make("input", { type: "checkbox" });
  const submit = (event) => {
    event.preventDefault();
    const reason = place.querySelector("input:checked").value;
    send(place, turn, {
      verdict: "down",
      reason,
      ...(comment.value.trim() && { text: comment.value.trim() }),
      ...(withQuery.checked && { query: turn.query || turn.question }),
    });
  };
  const words = [
    make("label", { class: "comment" }, say("comment"), comment),
    make("label", { class: "choice" }, withQuery, " ", say("with_query")),
    make("p", {}, say("words_kept")),
  ];
  place.replaceChildren(
    make(
      "form",
      { submit },
      make("fieldset", {}, make("legend", {}, say("why")), ...reasons),
      ...(keepsWords ? words : []),
      make("button", { class: "main" }, say("send")),
      make("button", { type: "button", click: cancel }, say("cancel")),
    ),
  );
  place.querySelector("input").focus();
}

async function send(place, turn, verdict) {
  const sent = await sendFeedback({ version: turn.version, ...verdict }).then(
    () => "thanks",
    () => "not_sent",
  );
  const thanks = make("p", { tabindex: -1 }, say(sent));
  place.replaceChildren(thanks);
  thanks.focus({ preventScroll: true });
  announce(say(sent));
}
