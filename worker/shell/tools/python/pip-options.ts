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
  /** An option that no command of pip has. */
  readonly unknown: string | undefined;
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

/** Long options without a value, of all commands, by how they begin. */
const FLAGS =
  /^--(?:help|debug|isolated|require-virtualenv|python|verbose|version|quiet|log|no-input|keyring-provider|proxy|exists-action|cert|client-cert|no-cache-dir|disable-pip-version-check|no-color|no-python-version-warning|use-feature|use-deprecated|no-deps|pre|dry-run|implementation|abi|user|root|src|upgrade|upgrade-strategy|force-reinstall|ignore-installed|ignore-requires-python|no-build-isolation|use-pep517|no-use-pep517|check-build-dependencies|break-system-packages|config-settings|install-option|build-option|compile|no-compile|no-warn-script-location|no-warn-conflicts|prefer-binary|require-hashes|report|no-clean|no-index|yes|outdated|uptodate|editable|local|format|not-required|exclude|include-editable|all|files|path|freeze|process-dependency-links|group|resume-retries|progress|pyproject)/;

function isKnown(word: string): boolean {
  return VALUED.has(word.replace(/=.*$/s, '')) || FLAGS.test(word);
}

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
    unknown: words.find((word) => /^--[a-z]/.test(word) && !isKnown(word)),
  };
}
