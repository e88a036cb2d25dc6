/** Settings of registries as lines of text, and back. What a line means is checked by the engine, as Docker's daemon does. */
import type { RegistrySettings } from '../../../worker/api/types.ts';

/** One address a line. */
export interface ReachTexts {
  readonly mirrors: string;
  /** A registry, a blank, the address to ask instead. */
  readonly proxies: string;
  readonly insecure: string;
}

export function reachTexts({ mirrors, mirrorsOf, insecureRegistries }: RegistrySettings): ReachTexts {
  const proxies = Object.entries(mirrorsOf).flatMap(([registry, urls]) => urls.map((url) => `${registry} ${url}`));
  return { mirrors: mirrors.join('\n'), proxies: proxies.join('\n'), insecure: insecureRegistries.join('\n') };
}

/** Throws for a proxy without an address. */
export function parseReach({ mirrors, proxies, insecure }: ReachTexts): RegistrySettings {
  const mirrorsOf: Record<string, string[]> = {};
  for (const line of linesOf(proxies)) {
    const [registry = '', url, ...more] = line.split(/\s+/);
    if (url === undefined || more.length > 0) throw new Error(`“${line}” is not a registry and an address.`);
    (mirrorsOf[registry] ??= []).push(url);
  }
  return { mirrors: linesOf(mirrors), mirrorsOf, insecureRegistries: linesOf(insecure) };
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}
