// Carries Gradio's requests to the server, and again until the server can be reached: Gradio itself would give up for good.
const AWAY = new Set([500, 502, 503, 504]); // what Gradio says when the server stops, and a proxy while there is none
const PAUSE = 2000; // milliseconds, as Gradio waits between its own attempts
const send = window.fetch;
let givenUp = new AbortController();

/** Have Gradio's requests carried; `told` learns when the server is `away`, what was `got`, and what `failed`. */
export function carryRequests(told) {
  window.fetch = (url, options) =>
    String(url).includes("/gradio_api/run/") ? carry(url, options, told) : send(url, options);
}

/** Give up the request that is under way; Gradio takes it as ended. */
export function giveUp() {
  givenUp.abort();
  givenUp = new AbortController();
}

async function carry(url, options, told) {
  const { signal } = givenUp;
  for (;;) {
    const { status, body, reason } = await attempt(url, options, signal);
    if (signal.aborted) return new Response("{}", { status: 409 });
    if (status) return tell(status, body, reason, told);
    told.away();
    await pause(signal);
  }
}

/** Send it once, and wait for all of the reply unless the browser says that it went offline; no status: it is away. */
async function attempt(url, options, signal) {
  const offline = new AbortController();
  const drop = () => offline.abort();
  addEventListener("offline", drop);
  try {
    const response = await send(url, { ...options, signal: AbortSignal.any([signal, offline.signal]) });
    const body = await response.text();
    if (AWAY.has(response.status)) return {};
    if (response.ok) JSON.parse(body); // no reply of ours but, say, the page where one signs in to a network
    return { status: response.status, body, reason: reasonIn(response, body) };
  } catch {
    return {};
  } finally {
    removeEventListener("offline", drop);
  }
}

/** Give the sentence in which this site refuses a request; nothing where it is not this site that speaks. */
function reasonIn(response, body) {
  return response.headers.get("content-type")?.startsWith("application/problem+json") ? JSON.parse(body).detail : "";
}

function tell(status, body, reason, told) {
  if (status === 200) told.got(JSON.parse(body).data[0]);
  else told.failed(status, reason);
  return new Response(body, { status });
}

/** Wait a little, or until the browser is online again. */
function pause(signal) {
  return new Promise((resolve) => {
    setTimeout(resolve, PAUSE);
    addEventListener("online", resolve, { once: true });
    signal.addEventListener("abort", resolve, { once: true });
  });
}
