/** The options of `set`: letters and long names. */

/** Options by long name, with the letter where there is one. */
const OPTIONS = {
  errexit: 'e',
  noglob: 'f',
  ignoreeof: 'I',
  interactive: 'i',
  monitor: 'm',
  noexec: 'n',
  stdin: 's',
  xtrace: 'x',
  verbose: 'v',
  noclobber: 'C',
  allexport: 'a',
  notify: 'b',
  nounset: 'u',
  vi: 'V',
  pipefail: undefined,
  hashall: 'h',
  braceexpand: 'B',
  histexpand: 'H',
  errtrace: 'E',
  functrace: 'T',
  physical: 'P',
  posix: undefined,
} as const;

export type OptionName = keyof typeof OPTIONS;

/** All names, in the order `set -o` lists them. */
export const OPTION_NAMES = Object.keys(OPTIONS) as readonly OptionName[];

export function optionOfLetter(letter: string): OptionName | undefined {
  return OPTION_NAMES.find((name) => OPTIONS[name] === letter);
}

export function optionOfName(text: string): OptionName | undefined {
  return OPTION_NAMES.find((name) => name === text);
}

/** The letters of options that are on: what `$-` begins with. */
export function optionLetters(on: ReadonlySet<OptionName>): string {
  return OPTION_NAMES.map((name) => (on.has(name) ? (OPTIONS[name] ?? '') : '')).join('');
}
