/**
 * The order in which `for (key in array)` visits keys: that of busybox's hash table, since scripts that print such a loop print this
 * order in the image.
 */

const FIRST_SIZE = 61;
const LARGER_SIZES = [251, 1021, 4093, 16_381, 65_521];
/** Keys for each place of the table after which it grows. */
const LOAD = 10;

/** The keys of an array, whose map keeps them in the order they were made. */
export function orderedKeys(array: ReadonlyMap<string, unknown>): string[] {
  let table: string[][] = emptyTable(FIRST_SIZE);
  let growth = 0;
  let count = 0;
  for (const key of array.keys()) {
    const size = LARGER_SIZES[growth];
    if (size !== undefined && count >= table.length * LOAD) {
      growth++;
      table = rebuild(table, size);
    }
    place(table, key);
    count++;
  }
  // a chain is met from its newest end
  return table.flatMap((chain) => chain.reverse());
}

function emptyTable(size: number): string[][] {
  return Array.from({ length: size }, () => []);
}

function rebuild(table: readonly string[][], size: number): string[][] {
  const larger = emptyTable(size);
  for (const chain of table) for (const key of chain.reverse()) place(larger, key);
  return larger;
}

function place(table: readonly string[][], key: string): void {
  let hash = 0;
  for (let i = 0; i < key.length; i++) {
    // characters are signed bytes
    const code = (key.charCodeAt(i) << 24) >> 24;
    hash = (Math.imul(hash, 63) + code) >>> 0;
  }
  table[hash % table.length]?.push(key);
}
