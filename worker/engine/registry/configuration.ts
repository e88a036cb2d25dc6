/**
 * The registry's configuration: the YAML file of its image, with what the environment puts over it (`REGISTRY_STORAGE_DELETE_ENABLED`
 * for `storage.delete.enabled`). Of YAML it knows what such files use: maps by indentation, scalars, lists and maps in brackets.
 */
import { LOG_LEVELS, type LogLevel } from '../../registry/serve/log.ts';

export interface RegistryConfiguration {
  readonly port: number;
  /** As it is written: `:5000`. */
  readonly address: string;
  readonly rootDirectory: string;
  readonly deleteEnabled: boolean;
  readonly logLevel: LogLevel;
  /** `log.fields`: on entries of the registry itself. */
  readonly logFields: Readonly<Record<string, string>>;
  /** `http.headers`, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** No `http.secret` was given. */
  readonly secretMissing: boolean;
}

/** Values by their path in lower case: `storage.delete.enabled`. */
type Settings = ReadonlyMap<string, string>;

const PREFIX = 'REGISTRY_';
const DEFAULT_ADDRESS = ':5000';
const DEFAULT_ROOT = '/var/lib/registry';

/** Reads a configuration; undefined where the text is no map of settings with a version. */
export function readConfiguration(
  text: string,
  environment: ReadonlyMap<string, string>,
): RegistryConfiguration | undefined {
  const settings = new Map(parseSettings(text));
  if (!settings.has('version')) return undefined;
  for (const [name, value] of environment) {
    if (name.startsWith(PREFIX)) settings.set(name.slice(PREFIX.length).toLowerCase().replaceAll('_', '.'), value);
  }
  const address = settings.get('http.addr') ?? DEFAULT_ADDRESS;
  return {
    address,
    port: Number(address.slice(address.lastIndexOf(':') + 1)),
    rootDirectory: (settings.get('storage.filesystem.rootdirectory') ?? DEFAULT_ROOT).replace(/\/+$/, ''),
    deleteEnabled: settings.get('storage.delete.enabled') === 'true',
    logLevel: levelOf(settings.get('log.level') ?? settings.get('loglevel')),
    logFields: below(settings, 'log.fields.'),
    headers: Object.fromEntries(
      Object.entries(below(settings, 'http.headers.')).map(([name, value]) => [name, listItems(value).join(', ')]),
    ),
    secretMissing: (settings.get('http.secret') ?? '') === '',
  };
}

function levelOf(text: string | undefined): LogLevel {
  const name = text === 'warn' ? 'warning' : text;
  return LOG_LEVELS.find((level) => level === name) ?? 'info';
}

function below(settings: Settings, prefix: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...settings].flatMap(([path, value]) =>
      path.startsWith(prefix) && value !== '' ? [[path.slice(prefix.length), value] as const] : [],
    ),
  );
}

function parseSettings(text: string): Settings {
  const settings = new Map<string, string>();
  const parents: { readonly indentation: number; readonly key: string }[] = [];
  for (const line of text.split('\n')) {
    const match = /^( *)([^\s#:][^:]*):(?:\s+(.*))?$/.exec(line.replace(/\s+#.*$/, '').trimEnd());
    if (match === null) continue;
    const [, spaces = '', key = '', value = ''] = match;
    while ((parents.at(-1)?.indentation ?? -1) >= spaces.length) parents.pop();
    const path = [...parents.map((parent) => parent.key), key.trim().toLowerCase()].join('.');
    parents.push({ indentation: spaces.length, key: key.trim().toLowerCase() });
    if (value.startsWith('{')) for (const [name, inner] of flowMap(value)) settings.set(`${path}.${name}`, inner);
    else settings.set(path, unquoted(value));
  }
  return settings;
}

/** `{ enabled: true }`. */
function flowMap(text: string): (readonly [string, string])[] {
  return text
    .replace(/^\{|\}$/g, '')
    .split(',')
    .flatMap((pair): (readonly [string, string])[] => {
      const match = /^\s*([^:]+):\s*(.*?)\s*$/.exec(pair);
      return match === null ? [] : [[(match[1] ?? '').toLowerCase(), unquoted(match[2] ?? '')]];
    });
}

/** `[nosniff]`, or one value. */
function listItems(text: string): readonly string[] {
  const inner = /^\[(.*)\]$/.exec(text)?.[1];
  return inner === undefined ? [text] : inner.split(',').map((item) => unquoted(item.trim()));
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}
