/** The word of a list that somebody meant who wrote another, or undefined where none comes near. */
export function nearestWord(written: string, words: readonly string[]): string | undefined {
  const plain = plainly(written);
  const [best] = words.map((word) => ({ word, away: distance(plain, plainly(word)) }))
    .filter(({ word, away }) => away <= slips(Math.min(plain.length, word.length)))
    .sort((one, other) => one.away - other.away);
  return best?.word;
}

/** Neither case nor what joins the words makes another word: `min_tasks` is `minTasks`. */
function plainly(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** As many wrong letters may still be the same word. */
function slips(length: number): number {
  return length < 3 ? 0 : length < 6 ? 1 : 2;
}

/** How many letters are to be put in, left out, changed, or exchanged with their neighbour. */
function distance(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, row) => Array.from({ length: other.length + 1 }, (__, column) => row + column));
  for (let row = 1; row <= one.length; row++) {
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      rows[row][column] = Math.min(
        rows[row - 1][column] + 1,
        rows[row][column - 1] + 1,
        rows[row - 1][column - 1] + (same ? 0 : 1),
        swapped ? rows[row - 2][column - 2] + 1 : Infinity,
      );
    }
  }
  return rows[one.length][other.length];
}
