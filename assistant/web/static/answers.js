// What can be done with a reply: copy it, copy a link to its question, say whether it helped, and print it.
import { briefing, copy } from "../embed/copying.js";
import { feedbackForm } from "../embed/feedback.js";

const app = document.querySelector("gradio-app");

function linkTo(question) {
  const link = new URL(location.pathname, location.origin);
  link.searchParams.set("q", question);
  return link.href;
}

app.addEventListener("click", ({ target }) => {
  const button = target.closest("button.copy, button.share");
  if (button) copy(button, button.matches(".share") ? linkTo(button.value) : briefing(JSON.parse(button.value)));
});

/** Add to each reply that quotes what Gradio's messages can't hold. */
function complete() {
  for (const foot of app.querySelectorAll(":is(.answer, .closest) .colophon:not(:has(.feedback))")) {
    foot.append(...feedbackForm(JSON.parse(foot.querySelector(".copy").value)));
  }
  for (const link of app.querySelectorAll(":is(.card, .passage) .links a:not([data-address])")) link.dataset.address = link.href; // for paper
}

new MutationObserver(complete).observe(app, { childList: true, subtree: true });
