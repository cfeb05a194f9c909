// Says in words what a citation rests on and which state of the library it is of.
import { readableDate, say } from "./words.js";

/** Name the publisher and the date that a page is based on. */
export function provenance({ publisher, published }) {
  return [publisher, published && readableDate(published)].filter(Boolean).join(", ");
}

/** Name the state of the library that a turn was answered from. */
export function state({ version, content_date: date }) {
  const dated = date ? [say("content_date", { date: readableDate(date) })] : [];
  return [say("version", { version }), ...dated].join(", ");
}
