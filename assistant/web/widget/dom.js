// Makes elements; text goes in as text and never as markup.

/** Make an element: functions among the attributes become listeners, `true` an empty attribute, `false` none. */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Make a link that opens in a new tab; an address that is not http or https gives its content alone. */
export function makeLink(url, attributes, ...content) {
  const href = webAddress(url);
  if (!href) return make("span", {}, ...content);
  return make("a", { href, target: "_blank", rel: "noopener noreferrer", ...attributes }, ...content);
}

function webAddress(url) {
  try {
    const address = new URL(url, location.origin);
    return /^https?:$/.test(address.protocol) ? address.href : "";
  } catch {
    return ""; // it is no address
  }
}
