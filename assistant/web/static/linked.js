// Puts the question of a link, /?q=…, in the field, for whoever opened it to ask; nothing is asked by itself.
"use strict";

{
  const LONGEST = 1000; // characters, as dialogue/question.py has it
  const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu; // controls, and marks that turn text round
  const address = new URL(location.href);
  const question = (address.searchParams.get("q") ?? "").replace(UNSEEN, " ").replace(/\s+/g, " ").trim();

  // Out of the address before anything else is fetched, or each later request would carry it.
  if (address.searchParams.has("q")) {
    address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
  }

  function offer() {
    const text = document.querySelector("#question textarea");
    const note = Object.assign(document.createElement("p"), { id: "linked" });
    document.querySelector(".intro").append(note);
    text.setAttribute("aria-describedby", note.id);
    if ([...question].length > LONGEST) {
      note.textContent = `The question in the link has more than ${LONGEST.toLocaleString("en")} characters, and was left out. Please ask it in a sentence or two.`;
    } else {
      note.textContent = "The question below came with the link. Press Ask to search the library for it.";
      text.value = question;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    text.focus();
    takeAwayOnceAsked(note, text);
  }

  function takeAwayOnceAsked(note, text) {
    const asked = () => document.querySelectorAll("#conversation .question").length;
    const before = asked();
    const watching = new MutationObserver(() => {
      if (asked() <= before) return;
      watching.disconnect();
      note.remove();
      text.removeAttribute("aria-describedby");
    });
    watching.observe(document.querySelector("#conversation"), { childList: true, subtree: true });
  }

  if (question) document.addEventListener("chatready", offer, { once: true });
}
