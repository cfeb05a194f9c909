// Tells people who can't see the page what happens on it, one thing at a time.
const place = document.querySelector(".unseen[role=status]");

/** Have a text read out; the same text again is read again. */
export function announce(text) {
  place.replaceChildren(text);
}
