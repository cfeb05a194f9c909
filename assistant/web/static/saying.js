// Speaks through the page's one live region.
/** Say something to those who listen to the page. */
export function say(text) {
  const announcer = document.getElementById("announcer");
  if (announcer.textContent !== text) announcer.textContent = text;
}
