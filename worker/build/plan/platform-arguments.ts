/** Build arguments that need no ARG to have a value: the platforms (seen once declared), and the proxies (seen by RUN alone). */
import { formatPlatform, type Platform } from '../../oci/platform.ts';

/** `TARGET…` and `BUILD…` arguments; a stage sees those it declares, FROM sees them all. */
export function platformArguments(build: Platform, target: Platform): ReadonlyMap<string, string> {
  return new Map([...describe('BUILD', build), ...describe('TARGET', target)]);
}

function describe(prefix: string, platform: Platform): [string, string][] {
  return [
    [`${prefix}PLATFORM`, formatPlatform(platform)],
    [`${prefix}OS`, platform.os],
    [`${prefix}ARCH`, platform.architecture],
    [`${prefix}VARIANT`, platform.variant ?? ''],
  ];
}

const PROXIES = ['http_proxy', 'https_proxy', 'ftp_proxy', 'no_proxy', 'all_proxy'];

/**
 * Proxy variables of a RUN: each proxy given as a build argument in any case is set in upper and lower case. Neither cache keys nor
 * history tell of them.
 */
export function proxyVariables(buildArgs: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries(buildArgs)) {
    const proxy = name.toLowerCase();
    if (!PROXIES.includes(proxy)) continue;
    variables.set(proxy.toUpperCase(), value);
    variables.set(proxy, value);
  }
  return variables;
}
