/** Proxies: build arguments that need no ARG to be seen, and that RUN alone sees. */

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
