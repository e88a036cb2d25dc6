/** Golden cases that are not what Docker makes of them yet, each with why. A case that passes must leave the list. */
export const KNOWN_FAILURES: ReadonlyMap<string, string> = new Map([]);
