/** `config.json` of the docker command line: where `docker login` keeps what it was given. A file like any other. */
import { utf8, utf8Text } from '../base/bytes.ts';
import { childPath, parentPath, resolvePath, type AbsolutePath } from '../base/path.ts';
import type { RegistryCredentials } from '../engine/docker/api.ts';
import { DEFAULT_DOMAIN } from '../oci/reference.ts';
import { bodyOf, readBody } from '../vfs/body.ts';
import { CliError } from './command.ts';
import type { CliContext } from './context.ts';

/** What Docker Hub is called in the file. */
export const HUB_ADDRESS = 'https://index.docker.io/v1/';

/** The file's content: `auths` by registry, and whatever else stands in it. */
interface ClientConfig {
  readonly auths: Readonly<Record<string, unknown>>;
  readonly rest: Readonly<Record<string, unknown>>;
}

/** Where the file is: `--config`, DOCKER_CONFIG, or `.docker` at home. */
export function configPath({ shell, configDirectory }: CliContext): AbsolutePath {
  const directory = configDirectory ?? shell.env.get('DOCKER_CONFIG');
  const home = resolvePath(shell.env.get('HOME') ?? '/root');
  return childPath(
    directory === undefined ? childPath(home, '.docker') : resolvePath(directory, shell.process.cwd),
    'config.json',
  );
}

/** The registry a person names, as the file calls it. */
export function registryAddress(server: string | undefined): string {
  if (server === undefined || server === '' || server === DEFAULT_DOMAIN || server === 'index.docker.io')
    return HUB_ADDRESS;
  if (server === HUB_ADDRESS) return server;
  return server.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}

/** What was kept for a registry (`docker.io`, `localhost:5000`); undefined when nobody logged in. */
export async function credentialsFor(context: CliContext, domain: string): Promise<RegistryCredentials | undefined> {
  const { auths } = await readConfig(context);
  const entry = auths[registryAddress(domain)];
  const auth: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'auth') : undefined;
  if (typeof auth !== 'string') return undefined;
  const pair = utf8Text(Uint8Array.from(atob(auth), (character) => character.charCodeAt(0)));
  const colon = pair.indexOf(':');
  return colon === -1 ? undefined : { username: pair.slice(0, colon), password: pair.slice(colon + 1) };
}

/** Keeps credentials, in clear but for an encoding, as Docker does without a helper. */
export async function storeCredentials(
  context: CliContext,
  address: string,
  { username, password }: RegistryCredentials,
): Promise<void> {
  const auth = btoa(String.fromCharCode(...utf8(`${username}:${password}`)));
  const config = await readConfig(context);
  writeConfig(context, { ...config, auths: { ...config.auths, [address]: { auth } } });
}

/** Forgets them; false when there were none. */
export async function eraseCredentials(context: CliContext, address: string): Promise<boolean> {
  const { auths, rest } = await readConfig(context);
  if (!(address in auths)) return false;
  writeConfig(context, { rest, auths: Object.fromEntries(Object.entries(auths).filter(([name]) => name !== address)) });
  return true;
}

/** What config.json says of the command line itself. */
interface ClientSettings {
  /** `features`: names and texts. */
  readonly features: Readonly<Record<string, string>>;
  /** The formats of lists (`psFormat`, `imagesFormat`), by what is listed (`ps`, `images`). */
  readonly formats: Readonly<Record<string, string>>;
}

const LISTS = ['images', 'networks', 'ps', 'stats', 'volumes'];

export async function clientSettings(context: CliContext): Promise<ClientSettings> {
  const { rest } = await readConfig(context);
  const { features } = rest;
  const formats = LISTS.map((list) => [list, rest[`${list}Format`]] as const);
  return {
    features: textsOf(typeof features === 'object' && features !== null ? Object.entries(features) : []),
    formats: textsOf(formats),
  };
}

/** The format a list has without `--format`; empty where config.json names none. */
export async function listSetting(context: CliContext, list: string): Promise<string> {
  return (await clientSettings(context)).formats[list] ?? '';
}

function textsOf(entries: readonly (readonly [string, unknown])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );
}

/** Tells of a file that cannot be read: it counts for an empty one. */
export async function warnOfBrokenConfig(context: CliContext): Promise<void> {
  const text = await configText(context);
  if (text === undefined || parseConfig(text) !== undefined) return;
  await context.shell.err.write(`WARNING: Error parsing config file (${configPath(context)}): invalid JSON\n`);
}

async function configText(context: CliContext): Promise<string | undefined> {
  const { inode } = context.shell.files.find(configPath(context)) ?? {};
  return inode?.kind === 'file' ? utf8Text(await readBody(inode.body)) : undefined;
}

async function readConfig(context: CliContext): Promise<ClientConfig> {
  const { auths, ...rest } = parseConfig((await configText(context)) ?? '{}') ?? {};
  return { auths: typeof auths === 'object' && auths !== null ? { ...auths } : {}, rest };
}

function parseConfig(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function writeConfig(context: CliContext, { auths, rest }: ClientConfig): void {
  const path = configPath(context);
  const { files } = context.shell;
  const directory = parentPath(path);
  if (files.find(directory) === undefined) {
    if (files.find(parentPath(directory)) === undefined)
      throw new CliError(`mkdir ${directory}: no such file or directory`);
    files.makeDirectory(directory, 0o700);
  }
  files.writeBody(path, bodyOf(utf8(JSON.stringify({ auths, ...rest }, undefined, '\t'))), 0o600);
}
