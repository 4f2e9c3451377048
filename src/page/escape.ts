const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };

/** Characters that XML 1.0 cannot hold, however they are written. */
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text as text of HTML, SVG or XML, also inside of an attribute. */
export function escape(text: string): string {
  return text.replace(NOT_XML, '\ufffd').replace(/[&<>"']/g, (mark) => ENTITIES[mark]);
}

/** A value as JSON inside of a script element, which no text of it can end. */
export function jsonInHtml(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The text, with its middle left out where it is too long for its place. */
export function shortened(text: string, length: number): string {
  const kept = Math.floor((length - 1) / 2);
  return text.length <= length ? text : `${text.slice(0, length - 1 - kept)}…${text.slice(text.length - kept)}`;
}
