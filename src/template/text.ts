/** A resource's attribute, named by the resource's id over all templates of the app; `Ref` is the attribute of a plain reference. */
export interface Reference {
  readonly target: string;
  readonly attribute: string;
}

/** A piece of a value that no template of the app decides, with the reason. */
export interface Undecided {
  readonly reason: string;
}

/** A string as a template states it: known pieces, references, and pieces that only the deployment knows. */
export type Text = ReadonlyArray<string | Reference | Undecided>;

/** Characters for private use, which no template holds. */
const FIRST_MARK = 0xe000;
const MARK = /([\ue000-\uf8ff])/;

/** A text of which nothing is known but why. */
export function undecided(reason: string): Text {
  return [{ reason }];
}

/** The string, where every piece of it is known. */
export function literalOf(text: Text): string | undefined {
  return text.every((part) => typeof part === 'string') ? text.join('') : undefined;
}

/** The reference, where the text is nothing but one. */
export function referenceOf(text: Text): Reference | undefined {
  return text.length === 1 && isReference(text[0]) ? text[0] : undefined;
}

/** Why the text is not decided: the first reason found in it, or none. */
export function reasonOf(text: Text): string | undefined {
  return text.find((part): part is Undecided => typeof part !== 'string' && 'reason' in part)?.reason;
}

/** A key that is equal for equal texts; undefined where a piece is not known, because two unknowns are never equal. */
export function keyOf(text: Text): string | undefined {
  return reasonOf(text) === undefined ? keyed(text) : undefined;
}

/** As `keyOf`, but a parameter of one template equals itself: what it is may be unknown, that it is the same is not. */
export function sameKeyOf(text: Text): string | undefined {
  const parts = text.map((part) => (typeof part !== 'string' && 'reason' in part ? unknown(part) : keyed([part])));
  return text.some((part) => typeof part !== 'string' && 'reason' in part && !part.reason.startsWith('parameter ')) ? undefined : parts.join('');
}

/** The text for people: with the names of resources and parameters in place of what they will be. */
export function readable(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : isReference(part) ? referred(part) : unknown(part))).join('');
}

function keyed(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : isReference(part) ? `\${${part.target}.${part.attribute}}` : '(unknown)')).join('');
}

function referred({ target, attribute }: Reference): string {
  return target.startsWith('AWS::') || attribute === 'Ref' ? `(${target})` : `(${target}.${attribute})`;
}

function unknown({ reason }: Undecided): string {
  const parameter = /^parameter (.+) is given at deployment$/.exec(reason)?.[1];
  return parameter === undefined ? '(unknown)' : `(parameter ${parameter})`;
}

/** One text out of several. Neighbouring strings are merged, so that equal texts look equal. */
export function concatenate(texts: readonly Text[], delimiter = ''): Text {
  const parts: Array<string | Reference | Undecided> = [];
  texts.forEach((text, index) => {
    const pieces = index > 0 && delimiter !== '' ? [delimiter, ...text] : text;
    for (const piece of pieces) {
      const last = parts.length - 1;
      if (typeof piece === 'string' && typeof parts[last] === 'string') {
        parts[last] = `${parts[last]}${piece}`;
      } else {
        parts.push(piece);
      }
    }
  });
  return parts;
}

/** The texts between the delimiters. References hold no delimiter: an id never does. */
export function split(text: Text, delimiter: string): Text[] {
  const texts: Text[] = [];
  let current: Text = [];
  for (const part of text) {
    if (typeof part !== 'string' || delimiter === '') {
      current = [...current, part];
      continue;
    }
    const [first, ...rest] = part.split(delimiter);
    current = first === '' ? current : [...current, first];
    for (const piece of rest) {
      texts.push(current);
      current = piece === '' ? [] : [piece];
    }
  }
  return [...texts, current];
}

/** What a function makes of the text where each piece that is not known stands for one character: it may drop such pieces, and move them. */
export function rewritten(text: Text, change: (plain: string) => string): Text {
  const marks = text.flatMap((part) => (typeof part === 'string' ? [] : [part]));
  const plain = text.map((part) => (typeof part === 'string' ? part : String.fromCharCode(FIRST_MARK + marks.indexOf(part)))).join('');
  return change(plain).split(MARK).filter((piece) => piece !== '').map((piece) => marks[piece.charCodeAt(0) - FIRST_MARK] ?? piece);
}

function isReference(part: string | Reference | Undecided): part is Reference {
  return typeof part !== 'string' && 'target' in part;
}
