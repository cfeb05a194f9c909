// Puts the question of a link, /?q=…, in the field, for whoever opened it to ask; nothing is asked by itself.
"use strict";

{
  const LONGEST = Number(document.getElementById("main").dataset.longest);
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
    if ([...question].length > LONGEST) {
      note.textContent = `The question in the link has more than ${LONGEST.toLocaleString("en")} characters, and was left out. Please ask it in a sentence or two.`;
    } else {
      note.textContent = "The question below came with the link. Press Ask to search the library for it.";
      text.value = [question, text.value].filter(Boolean).join("\n"); // what was typed before is not lost
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    text.setAttribute("aria-describedby", `${note.id} ${text.getAttribute("aria-describedby") ?? ""}`); // until it is changed
    text.focus();
    takeAwayOnceAsked(note);
  }

  function takeAwayOnceAsked(note) {
    const asked = () => document.querySelectorAll("#conversation .question").length;
    const before = asked();
    const watching = new MutationObserver(() => {
      if (asked() <= before) return;
      watching.disconnect();
      note.remove();
    });
    watching.observe(document.querySelector("#conversation"), { childList: true, subtree: true });
  }

  if (question) document.addEventListener("chatready", offer, { once: true });
}
