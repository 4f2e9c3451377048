import { isAbsolute, join, relative, resolve } from 'path';

/** A line of a file, as far as it is known. */
export interface Place {
  /** Relative to the folder of the caller, with slashes. */
  readonly file: string;
  readonly line?: number;
}

/** The lines that are known of something: of the program, and of the template. */
export interface KnownLines {
  readonly madeAt?: string;
  readonly source?: string;
}

/** Folders that names in reports are relative to. */
export interface Folders {
  readonly directory: string;
  readonly workingDirectory: string;
}

/** Where a finding is to be mended: the line of the program, if it lies below the caller's folder, or else that of the template. */
export function placeOf({ madeAt, source }: KnownLines, folders: Folders): Place | undefined {
  return programPlaceOf(madeAt, folders) ?? templatePlaceOf(source, folders);
}

/** The line of the program, where it lies below the caller's folder: elsewhere it is the machine of somebody else. */
export function programPlaceOf(madeAt: string | undefined, { workingDirectory }: Folders): Place | undefined {
  const place = splitLine(madeAt);
  const file = place === undefined ? undefined : relative(workingDirectory, place.file);
  return file === undefined || file.startsWith('..') || isAbsolute(file) ? undefined : { file: slashed(file), line: place!.line };
}

export function templatePlaceOf(source: string | undefined, { directory, workingDirectory }: Folders): Place | undefined {
  const place = splitLine(source);
  if (place === undefined) return undefined;
  const full = resolve(directory, place.file);
  const near = relative(workingDirectory, full);
  return { file: slashed(near.startsWith('..') ? full : near), line: place.line };
}

/** `lib/shop.ts:31`. */
export function shownPlace({ file, line }: Place): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** Both lines of a finding, as far as they are known. */
export function shownPlaces(finding: KnownLines, folders: Folders): string[] {
  const places = [programPlaceOf(finding.madeAt, folders), templatePlaceOf(finding.source, folders)];
  return places.flatMap((place) => (place === undefined ? [] : [shownPlace(place)]));
}

function splitLine(text: string | undefined): Place | undefined {
  if (text === undefined) return undefined;
  const [, file, line] = /^(.*?)(?::(\d+))?$/s.exec(text)!;
  return { file: join(file), line: line === undefined ? undefined : Number(line) };
}

function slashed(file: string): string {
  return file.replace(/\\/g, '/');
}
