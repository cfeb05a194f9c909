// Makes any accent colour readable: as a background under text, and as text on the page, light and dark.
const BACKGROUNDS = { light: "#f3f1ea", dark: "#242c31" }; // the least favourable that the accent stands on
const ENOUGH = 4.6; // WCAG 2.2 asks for 4.5 to 1; the rest is for rounding

const parse = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
const format = (parts) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
const mix = (parts, others, share) => parts.map((part, at) => part + (others[at] - part) * share);

/** Relative luminance as WCAG 2.2 defines it, 0 to 1. */
function luminance(colour) {
  const [r, g, b] = parse(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours as WCAG 2.2 defines it, 1 to 21. */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Give black or white, whichever reads better on a colour. */
export const textOn = (colour) => (contrast(colour, "#000000") > contrast(colour, "#ffffff") ? "#000000" : "#ffffff");

/** Give the colour, darkened or lightened no further than it needs to be read on a background. */
export function readableOn(colour, background) {
  const end = parse(textOn(background));
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = format(mix(parse(colour), end, share));
    if (contrast(mixed, background) >= ENOUGH) return mixed;
  }
  return format(end);
}

/** Colour the page by an accent such as #14505c; what is no such colour leaves it as it is. */
export function colourBy(accent) {
  if (!/^#[\da-f]{6}$/i.test(accent)) return;
  const { style } = document.documentElement;
  style.setProperty("--bar", accent);
  style.setProperty("--on-bar", textOn(accent));
  style.setProperty("--accent-light", readableOn(accent, BACKGROUNDS.light));
  style.setProperty("--accent-dark", readableOn(accent, BACKGROUNDS.dark));
}
