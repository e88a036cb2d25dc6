/** How registries are reached, as a person sets it: stored, checked as Docker's daemon checks its daemon.json. */
import { isRecord } from '../base/record.ts';
import { EngineError } from '../base/errors.ts';
import type { RegistrySettings } from '../registry/endpoint.ts';
import type { Database } from '../store/database.ts';

const KEY = 'registries';

/** The settings before anybody set any. */
export const NO_REGISTRY_SETTINGS: RegistrySettings = { mirrors: [], mirrorsOf: {}, insecureRegistries: [] };

/** What was stored last; nothing where that is no longer valid. */
export async function readRegistrySettings(database: Database): Promise<RegistrySettings> {
  const stored = await database.get('settings', KEY);
  try {
    return checkedSettings(stored);
  } catch {
    return NO_REGISTRY_SETTINGS;
  }
}

/** Checks and stores. Throws `invalid-argument` as the daemon words it. */
export async function writeRegistrySettings(database: Database, settings: RegistrySettings): Promise<RegistrySettings> {
  const checked = checkedSettings(settings);
  await database.write([{ table: 'settings', key: KEY, record: checked }]);
  return checked;
}

function checkedSettings(value: unknown): RegistrySettings {
  if (!isRecord(value)) return NO_REGISTRY_SETTINGS;
  const mirrorsOf = Object.entries(isRecord(value['mirrorsOf']) ? value['mirrorsOf'] : {}).map(
    ([domain, urls]) => [checkedDomain(domain), textsOf(urls).map(checkedMirror)] as const,
  );
  return {
    mirrors: textsOf(value['mirrors']).map(checkedMirror),
    mirrorsOf: Object.fromEntries(mirrorsOf),
    insecureRegistries: textsOf(value['insecureRegistries']).map(checkedDomain),
  };
}

/** A base address without path, query or credentials, as the daemon wants mirrors. */
function checkedMirror(text: string): string {
  const invalid = (why: string): EngineError =>
    new EngineError('invalid-argument', `invalid mirror: ${why}`, { data: { mirror: text } });
  if (!URL.canParse(text)) throw invalid(`"${text}" is not a valid URI`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw invalid(`unsupported scheme "${url.protocol.slice(0, -1)}" in "${text}"`);
  }
  if (url.username !== '' || url.password !== '') throw invalid('username/password not allowed in URI');
  if (url.search !== '' || url.hash !== '') throw invalid(`query or fragment at end of the URI "${text}"`);
  return text.replace(/\/+$/, '');
}

function checkedDomain(text: string): string {
  if (text.includes('://')) {
    throw new EngineError('invalid-argument', `insecure registry ${text} should not contain '://'`);
  }
  if (!/^(?:\[[0-9a-f:]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d{1,5})?$/i.test(text)) {
    throw new EngineError('invalid-argument', `insecure registry ${text} is not valid: invalid host "${text}"`);
  }
  return text;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
