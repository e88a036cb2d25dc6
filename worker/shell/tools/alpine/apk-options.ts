/** The command line of apk: options may stand anywhere. */

export interface ApkOptions {
  readonly command: string;
  readonly names: readonly string[];
  readonly noCache: boolean;
  readonly updateCache: boolean;
  readonly quiet: boolean;
  readonly simulate: boolean;
  /** Name of the virtual package to make. */
  readonly virtual: string | undefined;
  readonly repositories: readonly string[];
  /** The directory archives are put into. */
  readonly output: string | undefined;
  /** Letters and long names of the options that are a command's own. */
  readonly flags: ReadonlySet<string>;
}

/** Options that take a value. */
const VALUED = new Set([
  '-t',
  '--virtual',
  '-X',
  '--repository',
  '-p',
  '--root',
  '--keys-dir',
  '--repositories-file',
  '--arch',
  '--cache-dir',
  '--wait',
  '--progress-fd',
  '--timeout',
  '--cache-max-age',
  '-o',
  '--output',
]);

export function parseApkOptions(words: readonly string[]): ApkOptions {
  const operands: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, name = word, attached] = /^(--[^=]+)(?:=(.*))?$/.exec(word) ?? [];
    if (VALUED.has(name)) values.set(name, [...(values.get(name) ?? []), attached ?? words[++at] ?? '']);
    else if (word.startsWith('--')) flags.add(word.slice(2));
    else if (word.startsWith('-') && word.length > 1) for (const letter of word.slice(1)) flags.add(letter);
    else operands.push(word);
  }
  const [command = '', ...names] = operands;
  const valuesOf = (...options: string[]): string[] => options.flatMap((option) => values.get(option) ?? []);
  return {
    command,
    names,
    noCache: flags.has('no-cache'),
    updateCache: flags.has('U') || flags.has('update-cache') || flags.has('update'),
    quiet: flags.has('q') || flags.has('quiet'),
    simulate: flags.has('s') || flags.has('simulate'),
    virtual: valuesOf('-t', '--virtual').at(-1),
    repositories: valuesOf('-X', '--repository').map((address) => address.replace(/\/$/, '')),
    output: valuesOf('-o', '--output').at(-1),
    flags,
  };
}
