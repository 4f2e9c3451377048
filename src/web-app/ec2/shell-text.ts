/** A value as one word of a shell, whatever is in it. Tokens in it must not hold single quotes: addresses, ARNs and names do not. */
export function shellWord(value: string): string {
  return `'${value.replace(/'/g, "'\\''")}'`;
}

/** Shell commands that write a file word for word; nothing in the content is expanded. */
export function writeFile(path: string, content: string): string {
  return `cat >${path} <<'${END_OF_FILE}'\n${content.replace(/\n$/, '')}\n${END_OF_FILE}`;
}

/** Ends every file in the boot script: a line that no file has. */
export const END_OF_FILE = 'END-OF-FILE-8c1f';
