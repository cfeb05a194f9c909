// Puts what an element shows into words for people who hear it: blocks as sentences, cells apart.

/** Give the text of an element as one line. */
export const spoken = (element) => spokenWords(element, () => true);

/** Give what is marked in an element likewise, or all of it where nothing is. */
export function spokenGist(element) {
  return element.querySelector("mark") ? spokenWords(element, (node) => node.parentElement.closest("mark")) : spoken(element);
}

function spokenWords(element, isHeard) {
  const text = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return isHeard(node) ? node.data.replace(/\s+/g, " ") : " ";
    const inside = [...node.childNodes].map(text).join("");
    if (node.matches("td, th")) return node.nextElementSibling ? `${inside.trim()}, ` : inside;
    return node.matches("p, li, ul, ol, tr, pre, blockquote, div") ? `\n${inside}\n` : inside;
  };
  const lines = text(element).split("\n").map((line) => line.trim().replace(/ +/g, " ")).filter(Boolean);
  return lines.map((line) => (/[.,:;?!…]$/.test(line) ? line : `${line}.`)).join(" ");
}
