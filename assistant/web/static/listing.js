// Shows the pages of the library that have what is typed; without this script the form asks the server for the same.
"use strict";

const REST = 500; // Milliseconds without a key before the count is announced, so that not every letter is.

const field = document.getElementById("find");
const count = document.getElementById("count");
const contents = document.querySelector(".contents");
const topics = [...document.querySelectorAll(".topics > section")].map((element) => ({
  element,
  item: contents?.querySelector(`a[href="#${element.id}"]`).parentElement,
  entries: [...element.querySelectorAll(".entries > li")].map((entry) => entryOf(element, entry)),
}));
const total = topics.reduce((sum, topic) => sum + topic.entries.length, 0);
let resting;

function entryOf(topic, element) {
  const parts = [topic.querySelector(".topic"), element.querySelector(".title"), element.querySelector(".whose")];
  const said = parts.map((part) => part.textContent).join(" ");
  const sections = [...element.querySelectorAll(".sections > li")].map((item) => ({
    element: item,
    text: plain(`${said} ${item.textContent}`),
  }));
  return { element, text: plain(said), list: element.querySelector(".sections"), sections };
}

// The words of a text in small letters without accents, a space before each.
function plain(text) {
  const letters = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (letters.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => ` ${word}`).join("");
}

function has(text, words) {
  return words.every((word) => text.includes(` ${word}`));
}

function pages(number) {
  return number === 1 ? "1 page" : `${number} pages`;
}

function show() {
  const words = plain(field.value).split(" ").filter(Boolean);
  let found = 0;
  for (const topic of topics) {
    const inTopic = topic.entries.filter((entry) => showEntry(entry, words)).length;
    topic.element.hidden = inTopic === 0;
    topic.element.querySelector(".count").textContent = pages(inTopic);
    if (topic.item) {
      topic.item.hidden = inTopic === 0;
      topic.item.querySelector(".count").textContent = pages(inTopic);
    }
    found += inTopic;
  }
  if (contents) contents.hidden = found === 0;
  document.getElementById("all").hidden = words.length === 0;
  clearTimeout(resting);
  resting = setTimeout(() => announce(found, words.length > 0), REST);
}

// Show an entry if it has the words, with the headings that have them if only these do.
function showEntry(entry, words) {
  const bySaid = has(entry.text, words);
  let byHeading = false;
  for (const section of entry.sections) {
    section.element.hidden = bySaid || !has(section.text, words);
    byHeading ||= !section.element.hidden;
  }
  if (entry.list) entry.list.hidden = !byHeading;
  entry.element.hidden = !bySaid && !byHeading;
  return !entry.element.hidden;
}

function announce(found, isFiltered) {
  const text = isFiltered ? `${found} of ${pages(total)}` : pages(total);
  if (count.textContent !== text) count.textContent = text;
  document.getElementById("none").hidden = found > 0;
}

// So that the list is as it was for whoever comes back to it.
function remember() {
  const query = field.value.trim() ? `?find=${encodeURIComponent(field.value)}` : "";
  history.replaceState(null, "", location.pathname + query);
}

field.addEventListener("input", show);
field.addEventListener("change", remember);
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  remember();
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !field.value) return;
  event.preventDefault();
  field.value = "";
  show();
  remember();
});
window.addEventListener("pageshow", show); // A browser may have put back what was typed.
