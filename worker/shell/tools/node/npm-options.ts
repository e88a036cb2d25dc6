/** The command lines of npm, yarn and pnpm, told apart no further than they must be. */

export interface NpmOptions {
  /** By its full name: `install` for `i` and `add` too. */
  readonly command: string;
  readonly names: readonly string[];
  /** Of an install: ranges by name. */
  readonly packages: ReadonlyMap<string, string>;
  readonly isGlobal: boolean;
  readonly production: boolean;
  readonly flags: ReadonlySet<string>;
}

const COMMANDS: Readonly<Record<string, string>> = {
  i: 'install',
  add: 'install',
  in: 'install',
  'install-clean': 'ci',
  'clean-install': 'ci',
  remove: 'uninstall',
  rm: 'uninstall',
  un: 'uninstall',
  'run-script': 'run',
  t: 'test',
  x: 'exec',
  update: 'install',
};
const VALUED = new Set([
  '--prefix',
  '--registry',
  '--omit',
  '--include',
  '--loglevel',
  '--cache',
  '-w',
  '--workspace',
  '--network-timeout',
  '--filter',
  '--cache-folder',
  '--modules-folder',
  '-C',
  '--cwd',
  '--dir',
]);
const SHORT: Readonly<Record<string, string>> = { g: 'global', D: 'save-dev', v: 'version', y: 'yes', P: 'production' };

export function parseNpmOptions(program: string, words: readonly string[]): NpmOptions {
  const flags = new Set<string>();
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    // what stands behind the name of a script, or behind `--`, is the script's
    if (word === '--' || (/^(?:run|run-script|exec)$/.test(operands[0] ?? '') && operands.length > 1)) {
      operands.push(...words.slice(word === '--' ? at + 1 : at));
      break;
    }
    if (VALUED.has(word)) flags.add(`${word.replace(/^-+/, '')}=${words[++at] ?? ''}`);
    else if (word.startsWith('--')) flags.add(word.slice(2));
    else if (word.startsWith('-') && word.length > 1)
      for (const letter of word.slice(1)) flags.add(SHORT[letter] ?? letter);
    else operands.push(word);
  }
  const isYarn = program !== 'npm';
  if (operands[0] === 'global' && isYarn) {
    operands.shift();
    flags.add('global');
  }
  const [first = isYarn ? 'install' : '', ...names] = operands;
  const command = first === 'install' && flags.has('frozen-lockfile') ? 'install' : (COMMANDS[first] ?? first);
  return {
    command,
    names,
    packages:
      command === 'install'
        ? new Map(names.filter((name) => !/^[./]|:\/\//.test(name)).map(splitSpec))
        : new Map<string, string>(),
    isGlobal: flags.has('global') || flags.has('location=global'),
    production: ['production', 'prod', 'only=production', 'omit=dev', 'production=true'].some((flag) =>
      flags.has(flag),
    ),
    flags,
  };
}

/** `@scope/name@range`. */
function splitSpec(spec: string): readonly [string, string] {
  const at = spec.indexOf('@', 1);
  return at === -1 ? [spec, '*'] : [spec.slice(0, at), spec.slice(at + 1)];
}
