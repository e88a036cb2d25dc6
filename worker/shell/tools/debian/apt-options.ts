/** The command line of apt-get and apt: options may stand anywhere, before or behind the command. */
import { parseOptions, type Options } from '../../applets/options.ts';

const SHORT = 'yqdsfmuVhvbo:t:c:';
const LONG: Readonly<Record<string, string>> = {
  yes: 'y',
  'assume-yes': 'y',
  'assume-no': 'assume-no',
  quiet: 'q::',
  'download-only': 'd',
  simulate: 's',
  'just-print': 's',
  'dry-run': 's',
  recon: 's',
  'no-act': 's',
  'fix-broken': 'f',
  'fix-missing': 'm',
  'ignore-missing': 'm',
  'show-upgraded': 'u',
  'verbose-versions': 'V',
  help: 'h',
  version: 'v',
  option: 'o',
  'target-release': 't',
  'default-release': 't',
  'config-file': 'c',
  purge: 'purge',
  reinstall: 'reinstall',
  'install-recommends': 'install-recommends',
  'no-install-recommends': 'no-install-recommends',
  'install-suggests': 'install-suggests',
  'no-install-suggests': 'no-install-suggests',
  'allow-unauthenticated': 'allow-unauthenticated',
  'allow-downgrades': 'allow-downgrades',
  'allow-remove-essential': 'allow-remove-essential',
  'allow-change-held-packages': 'allow-change-held-packages',
  'allow-releaseinfo-change': 'allow-releaseinfo-change',
  'force-yes': 'force-yes',
  'no-upgrade': 'no-upgrade',
  'only-upgrade': 'only-upgrade',
  'auto-remove': 'auto-remove',
  autoremove: 'auto-remove',
  'no-remove': 'no-remove',
  'no-download': 'no-download',
  'build-dep': 'build-dep',
  'print-uris': 'print-uris',
  'trivial-only': 'trivial-only',
  'show-progress': 'show-progress',
  'no-install': 'no-install',
  update: 'update',
  'list-cleanup': 'list-cleanup',
  installed: 'installed',
  upgradable: 'upgradable',
  upgradeable: 'upgradable',
  'with-new-pkgs': 'with-new-pkgs',
};

export interface AptOptions {
  readonly command: string;
  readonly operands: readonly string[];
  readonly options: Options;
  readonly assumeYes: boolean;
  readonly simulate: boolean;
  /** 2 says nothing but errors (and takes yes for an answer). */
  readonly quietness: number;
  /** Set by an option or by `-o APT::Install-Recommends=…`; undefined leaves it to the configuration. */
  readonly recommends: boolean | undefined;
}

export function parseAptOptions(words: readonly string[]): AptOptions {
  const expanded = words.map((word) => (/^-q=\d$/.test(word) ? (word === '-q=2' ? '-qq' : '-q') : word));
  const options = parseOptions(expanded, SHORT, LONG);
  const [command = '', ...operands] = options.operands;
  const leveled = options.values('q').some((value) => value === '2') ? 2 : 0;
  const quietness = Math.max(options.count('q'), leveled);
  return {
    command,
    operands,
    options,
    assumeYes: options.has('y') || options.has('force-yes') || quietness >= 2,
    simulate: options.has('s'),
    quietness,
    recommends: recommendsOf(options),
  };
}

function recommendsOf(options: Options): boolean | undefined {
  if (options.has('no-install-recommends')) return false;
  if (options.has('install-recommends')) return true;
  const set = options.values('o').findLast((value) => /^apt::install-recommends=/i.test(value));
  return set === undefined ? undefined : isTrue(set.slice(set.indexOf('=') + 1));
}

/** How apt reads a setting that is yes or no. */
export function isTrue(value: string): boolean {
  return /^(?:1|true|yes|on|with|enable)$/i.test(value.replace(/"/g, ''));
}
