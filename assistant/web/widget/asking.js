// Speaks to the assistant's JSON API for this page: one of a partner's, which has its key, or the assistant's own.
const API = new URL("../api/", import.meta.url); // wherever this file lies on its host
const LONGEST_WAIT = 30_000;
const REMEMBERED = 5; // earlier questions that a follow-up may lean on
const FAILURES = { 403: "not_allowed", 404: "not_allowed", 413: "rejected", 422: "rejected", 429: "too_many", 503: "busy" };

/** Why there is no answer: the name of a string, and after how many seconds to try again. */
export class Failure extends Error {
  constructor(name, seconds = 0) {
    super(name);
    this.seconds = seconds;
  }

  get isFinal() {
    return this.message === "not_allowed" || this.message === "rejected";
  }
}

/** Ask a question after the turns before it, or alone, as typed; give the turn. Throws `Failure`. */
export function ask(question, turns, alone) {
  const since = turns.findLastIndex((turn) => turn.alone);
  const conversation = turns.slice(Math.max(since, 0)).map((turn) => turn.question);
  return send("ask", { question, conversation: alone ? [] : conversation.slice(-REMEMBERED), as_typed: alone });
}

/** Send what a person thinks of an answer. Throws `Failure`. */
export const sendFeedback = (feedback) => send("feedback", feedback);

/** Give the text of a passage. Throws `Failure`. */
export const fetchPassage = (id) => send(`passages/${encodeURIComponent(id)}`);

async function send(route, body) {
  const { site } = document.documentElement.dataset;
  const method = body ? "POST" : "GET";
  const headers = { Accept: "application/json", ...(site && { "X-Site": site }), ...(body && { "Content-Type": "application/json" }) };
  const options = { method, headers, credentials: "omit", signal: AbortSignal.timeout(LONGEST_WAIT) };
  const reply = await fetch(new URL(route, API), { ...options, ...(body && { body: JSON.stringify(body) }) }).catch(() => {
    throw new Failure("unreachable");
  });
  if (!reply.ok) throw new Failure(FAILURES[reply.status] || "broken", Number(reply.headers.get("Retry-After")) || 60);
  const text = await reply.text();
  return text ? JSON.parse(text) : null;
}
