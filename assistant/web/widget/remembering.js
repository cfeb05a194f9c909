// Keeps the conversation in this browser for a day, where the browser lets it, so that it survives a change of page.
const KEY = `policy-assistant:${document.documentElement.dataset.site}`;
const LONGEST = 24 * 60 * 60 * 1000;
const MOST = 20;

/** Give the turns that were kept, the oldest first. */
export function recall() {
  try {
    const { saved, turns } = JSON.parse(localStorage.getItem(KEY));
    if (Date.now() - saved < LONGEST) return turns;
    localStorage.removeItem(KEY);
  } catch {
    // nothing was kept, storage is denied, or what is there is not ours
  }
  return [];
}

/** Keep the latest turns; without any, nothing stays. */
export function remember(turns) {
  try {
    if (turns.length) localStorage.setItem(KEY, JSON.stringify({ saved: Date.now(), turns: turns.slice(-MOST) }));
    else localStorage.removeItem(KEY);
  } catch {
    // storage is denied or full: the conversation lasts as long as the page
  }
}
