// Keeps the conversation in this browser, where the browser lets it.
// Each tab keeps its own, so that no tab takes another's away; the latest of all is what a new tab begins with.
const KEY = `policy-assistant:${location.pathname}`;
const LONGEST = 24 * 60 * 60 * 1000;
const MOST = 40; // messages: twenty questions with their replies, as the widget keeps
const LARGEST = 500_000; // characters: of up to three bytes each, and escaped, in the 2,000,000 that the server takes at once
let id = `${Date.now()}-${Math.random()}`;

/** Give the messages that were kept, the oldest first, and the words on the foot of the page when they were. */
export function recall() {
  const kept = [() => sessionStorage, () => localStorage].map(read).find(Boolean);
  if (!kept) return { messages: [], state: "" };
  id = kept.id;
  return kept;
}

/** Keep the latest messages; without any, nothing stays. Give whether the browser lets us. */
export function keep(messages, state) {
  for (let latest = messages.slice(-MOST); latest.length; latest = latest.slice(2)) {
    const record = JSON.stringify({ id, saved: Date.now(), state, messages: latest });
    if (record.length > LARGEST) continue;
    const isKept = write(() => sessionStorage, KEY, record);
    write(() => localStorage, KEY, record);
    if (isKept) return true;
  }
  return drop() && !messages.length;
}

/** Delete this conversation, also where a new tab would find it; that of another tab stays. */
export function forget() {
  drop();
  id = `${Date.now()}-${Math.random()}`;
}

/** Keep what is typed in this tab and not answered yet. */
export function keepDraft(text) {
  write(() => sessionStorage, `${KEY}draft`, text);
}

/** Give what was typed in this tab and not answered. */
export function recallDraft() {
  try {
    return sessionStorage.getItem(`${KEY}draft`) ?? "";
  } catch {
    return ""; // storage is denied
  }
}

function drop() {
  if (read(() => localStorage)?.id === id) write(() => localStorage, KEY, "");
  return write(() => sessionStorage, KEY, "");
}

function read(storage) {
  try {
    const record = storage().getItem(KEY);
    if (!record) return null;
    const { id: found, saved, state, messages } = JSON.parse(record);
    const isFresh = Math.abs(Date.now() - saved) < LONGEST;
    if (isFresh && messages.flat().every((part) => typeof part === "string")) return { id: found, state, messages };
  } catch {
    // storage is denied, or what is there is not ours
  }
  write(storage, KEY, "");
  return null;
}

function write(storage, key, text) {
  try {
    if (text) storage().setItem(key, text);
    else storage().removeItem(key);
    return true;
  } catch {
    return false; // storage is denied or full
  }
}
