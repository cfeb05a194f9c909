// Speaks with the partner's page around the iframe, and with no other.
const ORIGINS = document.documentElement.dataset.origins.split(" ");
let origin; // of the page around us, once it has greeted us from an origin that is registered
const listeners = {};

/** Run `act` with what the partner's page sends under a name. */
export function on(name, act) {
  listeners[name] = act;
}

/** Tell the partner's page that something happened; never what was asked or answered. */
export function tell(event, detail) {
  if (origin) parent.postMessage({ event, detail }, origin);
}

addEventListener("message", (message) => {
  if (message.source !== parent || parent === window || !ORIGINS.includes(message.origin)) return;
  if (message.data.hello) {
    origin = message.origin;
    tell("ready");
  }
  for (const [name, value] of Object.entries(message.data)) listeners[name]?.(value);
});
