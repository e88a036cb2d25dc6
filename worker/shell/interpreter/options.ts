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

/** The letters of options that are on, as `$-` shows them; `order` is that of the dialect, in which `c` stands for a script given by -c. */
export function optionLetters(on: ReadonlySet<OptionName>, fromCommandLine: boolean, order: string): string {
  const letters = new Set([...on].map((name) => OPTIONS[name]));
  return Array.from(order)
    .filter((letter) => (letter === 'c' ? fromCommandLine : [...letters].some((one) => one === letter)))
    .join('');
}
