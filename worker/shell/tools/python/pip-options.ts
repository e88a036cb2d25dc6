/** The command line of pip. */

export interface PipOptions {
  readonly command: string;
  /** Requirements, or for other commands names. */
  readonly requirements: readonly string[];
  /** Files of `-r`. */
  readonly files: readonly string[];
  /** Folders with a project: `.`, `-e .`. */
  readonly projects: readonly string[];
  readonly target: string | undefined;
  readonly quiet: boolean;
  readonly flags: ReadonlySet<string>;
}

const LONG: Readonly<Record<string, string>> = {
  '-r': '--requirement',
  '-e': '--editable',
  '-t': '--target',
  '-c': '--constraint',
  '-i': '--index-url',
  '-f': '--find-links',
  '-d': '--dest',
  '-w': '--wheel-dir',
};
const VALUED = new Set([
  '--requirement',
  '--editable',
  '--target',
  '--constraint',
  '--index-url',
  '--extra-index-url',
  '--find-links',
  '--trusted-host',
  '--prefix',
  '--root-user-action',
  '--dest',
  '--wheel-dir',
  '--cache-dir',
  '--timeout',
  '--default-timeout',
  '--retries',
  '--no-binary',
  '--only-binary',
  '--progress-bar',
  '--platform',
  '--python-version',
  '--global-option',
]);
const SHORT: Readonly<Record<string, string>> = {
  U: 'upgrade',
  q: 'quiet',
  v: 'verbose',
  y: 'yes',
  V: 'version',
  h: 'help',
};

export function parsePipOptions(words: readonly string[]): PipOptions {
  const operands: string[] = [];
  const flags = new Set<string>();
  const values: { readonly option: string; readonly value: string }[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, option = word, attached] = /^(--[^=]+)=(.*)$/.exec(word) ?? [];
    const name = LONG[option] ?? option;
    if (VALUED.has(name)) {
      flags.add(name.slice(2));
      values.push({ option: name, value: attached ?? words[++at] ?? '' });
    } else if (/^-[retc]./.test(word)) values.push({ option: LONG[word.slice(0, 2)] ?? '', value: word.slice(2) });
    else if (word.startsWith('--')) flags.add(word.slice(2));
    else if (word.startsWith('-') && word.length > 1)
      for (const letter of word.slice(1)) flags.add(SHORT[letter] ?? letter);
    else operands.push(word);
  }
  const [command = '', ...names] = operands;
  const valuesOf = (option: string): string[] => values.flatMap((one) => (one.option === option ? [one.value] : []));
  const isFolder = (name: string): boolean => /^\.{0,2}\/|^\.{1,2}$|^\.\[/.test(name);
  return {
    command,
    requirements: names.filter((name) => !isFolder(name)),
    files: valuesOf('--requirement'),
    projects: [...names.filter(isFolder), ...valuesOf('--editable')].map((name) => name.replace(/\[.*/, '')),
    target: valuesOf('--target').at(-1),
    quiet: flags.has('quiet'),
    flags,
  };
}
