// Puts what an element shows into words for people who hear it: blocks as sentences, cells apart.

/** Give the text of an element as one line. */
export function spoken(element) {
  const text = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
    const inside = [...node.childNodes].map(text).join("");
    if (node.matches("td, th")) return node.nextElementSibling ? `${inside.trim()}, ` : inside;
    return node.matches("p, li, ul, ol, tr, pre, blockquote, div") ? `\n${inside}\n` : inside;
  };
  const lines = text(element).split("\n").map((line) => line.trim()).filter(Boolean);
  return lines.map((line) => (/[.,:;?!…]$/.test(line) ? line : `${line}.`)).join(" ");
}
