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

async function readConfig(context: CliContext): Promise<ClientConfig> {
  const path = configPath(context);
  const { inode } = context.shell.files.find(path) ?? {};
  if (inode?.kind !== 'file') return { auths: {}, rest: {} };
  const parsed = parseConfig(utf8Text(await readBody(inode.body)), path);
  const { auths, ...rest } = parsed;
  return { auths: typeof auths === 'object' && auths !== null ? { ...auths } : {}, rest };
}

function parseConfig(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // told below
  }
  throw new CliError(`WARNING: Error loading config file: ${path}: invalid JSON`);
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
