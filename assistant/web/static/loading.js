// Says that the chat is being loaded, or could not be, and tells the page's other scripts once it is there.
"use strict";

{
  const app = document.querySelector("gradio-app");
  const place = document.getElementById("loading");

  /** Gradio takes its own sign of loading away once everything on its page listens. */
  const isThere = () => app.querySelector("#question textarea") && !app.querySelector(".main > [data-testid='status-tracker']");
  const hasFailed = () => app.querySelector(".main > [data-testid='status-tracker'] .error");

  function sayFailed() {
    const link = Object.assign(document.createElement("a"), { href: document.querySelector("nav a:last-child").href, textContent: "The library can be read" });
    place.replaceChildren("The assistant could not be loaded. Reload the page to try again. ", link, " without it.");
    place.className = "inner failed";
  }

  function begin() {
    place.remove();
    document.dispatchEvent(new Event("chatready"));
  }

  const watching = new MutationObserver(() => {
    if (app.querySelector("main")) document.getElementById("main").removeAttribute("role"); // that is the main part now
    if (hasFailed() && !place.matches(".failed")) sayFailed();
    if (!isThere()) return;
    watching.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(begin)); // what stands in the field before is taken away by Gradio
  });
  watching.observe(app, { childList: true, subtree: true });
}
