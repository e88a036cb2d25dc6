/** What stands before each line of `docker logs --details`: the labels and variables that `--log-opt` names. */
import type { ContainerRecord } from '../../../store/containers.ts';

/** `NAME=VALUE,…`, sorted and escaped as in a query; empty where nothing is named. */
export function logDetails({ config, hostConfig }: ContainerRecord): string {
  const options = logOptions(hostConfig['LogConfig']);
  const environment = (config.Env ?? []).map((word): [string, string] => {
    const [name = ''] = word.split('=', 1);
    return [name, word.slice(name.length + 1)];
  });
  const kept = new Map([
    ...named(Object.entries(config.Labels ?? {}), options.get('labels')),
    ...named(environment, options.get('env')),
  ]);
  return [...kept]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${queryEscaped(name)}=${queryEscaped(value)}`)
    .join(',');
}

/** `Config` of what inspect shows as `LogConfig`. */
export function logOptions(logConfig: unknown): ReadonlyMap<string, string> {
  if (typeof logConfig !== 'object' || logConfig === null || !('Config' in logConfig)) return new Map();
  const { Config } = logConfig;
  if (typeof Config !== 'object' || Config === null) return new Map();
  return new Map(Object.entries(Config).map(([name, value]) => [name, String(value)]));
}

function named(
  pairs: readonly (readonly [string, string])[],
  names: string | undefined,
): readonly (readonly [string, string])[] {
  const listed = new Set((names ?? '').split(','));
  return pairs.filter(([name]) => listed.has(name));
}

/** As Go escapes what stands in a query. */
function queryEscaped(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
