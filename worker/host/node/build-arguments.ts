/** The words of a `docker build` command as far as golden cases use them: flags into parts of a build request. */
import { EngineError } from '../../base/errors.ts';
import { parsePlatform } from '../../oci/platform.ts';
import type { BuildRequest } from '../../build/types.ts';

export interface BuildArguments {
  readonly request: Pick<
    BuildRequest,
    'target' | 'buildArgs' | 'labels' | 'noCacheFilter' | 'platform' | 'extraHosts' | 'entitlements'
  >;
  /** `--file`, as given. */
  readonly dockerfile?: string;
  /** `--build-context`: directories of the context by name. */
  readonly contexts: ReadonlyMap<string, string>;
  /** `--secret`: where each is found. */
  readonly secrets: ReadonlyMap<string, SecretSource>;
}

export type SecretSource = { readonly file: string } | { readonly variable: string };

/** Flags without a value that change nothing of what is built here. */
const SWITCHES = new Set(['--no-cache', '--pull', '-q', '--quiet', '--rm', '--force-rm', '--load']);
/** Flags with a value that change nothing of what is built here. */
const IGNORED = new Set(['--progress', '--network', '-t', '--tag', '--iidfile', '--shm-size', '--output', '-o']);

/** Reads the words; `environment` answers a `--build-arg NAME` without value. Throws `invalid-argument`. */
export function parseBuildArguments(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): BuildArguments {
  const buildArgs: Record<string, string> = {};
  const labels: Record<string, string> = {};
  const contexts = new Map<string, string>();
  const secrets = new Map<string, SecretSource>();
  const noCacheFilter: string[] = [];
  const extraHosts: { host: string; address: string }[] = [];
  let target: string | undefined;
  let platform: string | undefined;
  let dockerfile: string | undefined;

  for (const [flag, value] of flagsOf(words)) {
    const [name, text] = splitPair(value);
    if (flag === '--build-arg') {
      const given = text ?? environment[name];
      if (given !== undefined) buildArgs[name] = given;
    } else if (flag === '--label') labels[name] = text ?? '';
    else if (flag === '--build-context') contexts.set(name, text ?? '');
    else if (flag === '--secret') secrets.set(...parseSecret(value));
    else if (flag === '--no-cache-filter') noCacheFilter.push(...value.split(','));
    else if (flag === '--target') target = value;
    else if (flag === '--platform') platform = value;
    else if (flag === '--add-host') extraHosts.push(splitHost(value));
    else if (flag === '-f' || flag === '--file') dockerfile = value;
    else if (!IGNORED.has(flag)) throw new EngineError('invalid-argument', `unknown flag: ${flag}`);
  }
  return {
    request: {
      buildArgs,
      labels,
      noCacheFilter,
      extraHosts,
      // cases are recorded with --network=host, which grants it
      entitlements: ['network.host'],
      ...(target === undefined ? {} : { target }),
      ...(platform === undefined ? {} : { platform: parsePlatform(platform) }),
    },
    contexts,
    secrets,
    ...(dockerfile === undefined ? {} : { dockerfile }),
  };
}

function* flagsOf(words: readonly string[]): Generator<[flag: string, value: string]> {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const [flag, attached] = word.startsWith('--') ? splitPair(word) : [word, undefined];
    if (SWITCHES.has(flag)) continue;
    const value = attached ?? words[++i];
    if (value === undefined) throw new EngineError('invalid-argument', `flag needs an argument: ${word}`);
    yield [flag, value];
  }
}

function splitPair(text: string): [name: string, value: string | undefined] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

function splitHost(text: string): { host: string; address: string } {
  const [host = '', ...address] = text.split(/[:=]/);
  return { host, address: address.join(':') };
}

/** `id=ID,src=FILE` or `id=ID,env=NAME`; the file or variable is called like the id by default. */
function parseSecret(text: string): [id: string, source: SecretSource] {
  const fields = new Map(text.split(',').map((field) => splitPair(field)));
  const id = fields.get('id') ?? '';
  const variable = fields.get('env');
  if (variable !== undefined || fields.get('type') === 'env') return [id, { variable: variable ?? id }];
  return [id, { file: fields.get('src') ?? fields.get('source') ?? id }];
}
