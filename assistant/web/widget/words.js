// Holds what the page says in its reader's language; the library's words stay in the library's.
const WORDS = JSON.parse(document.documentElement.dataset.strings);

/** What an element with the library's words says of them, whatever language stands around it. */
export const LIBRARY = { lang: "en", dir: "ltr" };

/** What an element with the assistant's own words says of them; they are in the language of the question's notice. */
export const languageOf = ({ language = "en" }) => ({ lang: language, dir: language === "ar" ? "rtl" : "ltr" });

/** Give a string by its name, its {places} filled in. */
export function say(name, values = {}) {
  return WORDS[name].replace(/\{(\w+)\}/g, (_, place) => values[place]);
}

/** Whether there is a string of that name. */
export const has = (name) => Object.hasOwn(WORDS, name);

/** Give a day such as 2026-03-31, 2026-03 or 2026 as a person reads it. */
export function readableDate(date) {
  const [year, month, day] = date.split("-").map(Number);
  const shown = { timeZone: "UTC", year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }) };
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  return new Date(Date.UTC(year, (month || 1) - 1, day || 1)).toLocaleDateString(language, shown);
}

export const today = () => readableDate(new Date().toISOString().slice(0, 10));

/** Name the publisher and the date that a page is based on. */
export function provenance({ publisher, published }) {
  return [publisher, published && readableDate(published)].filter(Boolean).join(", ");
}

/** Name the state of the library that a turn was answered from. */
export function state({ version, content_date: date }) {
  const dated = date ? [say("content_date", { date: readableDate(date) })] : [];
  return [say("version", { version }), ...dated].join(", ");
}
