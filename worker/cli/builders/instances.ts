/**
 * Builders that `docker buildx create` made: a file for each below `buildx/instances` beside config.json, and the one in use in
 * `buildx/current`, in the form buildx gives them. A builder is a record here: the engine of the page does all building, and
 * what stands for its BuildKit container is whether it was booted.
 */
import { utf8, utf8Text } from '../../base/bytes.ts';
import { childPath, parentPath, type AbsolutePath } from '../../base/path.ts';
import { bodyOf, readBody } from '../../vfs/body.ts';
import { configPath } from '../client-config.ts';
import type { CliContext } from '../context.ts';

/** The builder of the engine itself, which is no record. */
export const DEFAULT_BUILDER = 'default';
/** Where the engine is reached, as `docker context ls` shows it. */
export const ENGINE_ENDPOINT = 'unix:///var/run/docker.sock';

export interface BuilderNode {
  readonly name: string;
  readonly endpoint: string;
  /** As `--platform` fixed them. */
  readonly platforms: readonly string[];
  readonly driverOptions: Readonly<Record<string, string>>;
  /** Flags of its BuildKit daemon. */
  readonly flags: readonly string[];
  readonly booted: boolean;
}

export interface Builder {
  readonly name: string;
  readonly driver: string;
  readonly nodes: readonly BuilderNode[];
  /** When it was last made use of. */
  readonly activeMs: number;
}

/** All builders that were created, by name. */
export async function createdBuilders(context: CliContext): Promise<readonly Builder[]> {
  const directory = instancesDirectory(context);
  const { files } = context.shell;
  if (files.find(directory)?.inode.kind !== 'directory') return [];
  const found: Builder[] = [];
  for (const { name } of files.list(directory)) {
    const builder = await findCreated(context, name);
    if (builder !== undefined) found.push(builder);
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One that was created; undefined where there is none of the name, or its file is none of buildx's. */
export async function findCreated(context: CliContext, name: string): Promise<Builder | undefined> {
  if (name === '' || name.includes('/')) return undefined;
  const value = await readJson(context, childPath(instancesDirectory(context), name));
  if (typeof value['Driver'] !== 'string' || !Array.isArray(value['Nodes'])) return undefined;
  const activeMs = Number(value['LastActivityMs']);
  return {
    name,
    driver: value['Driver'],
    nodes: value['Nodes'].map(nodeOf),
    activeMs: Number.isFinite(activeMs) ? activeMs : 0,
  };
}

export function saveBuilder(context: CliContext, { name, driver, nodes, activeMs }: Builder): void {
  const value = {
    Name: name,
    Driver: driver,
    Nodes: nodes.map((node) => ({
      Name: node.name,
      Endpoint: node.endpoint,
      Platforms: node.platforms,
      DriverOpts: node.driverOptions,
      Flags: node.flags,
      Booted: node.booted,
    })),
    Dynamic: false,
    LastActivityMs: activeMs,
  };
  writeJson(context, childPath(instancesDirectory(context), name), value);
}

/** Forgets a builder; commands use the default one where it was in use. */
export async function removeBuilder(context: CliContext, name: string): Promise<void> {
  if ((await currentBuilder(context)) === name) setCurrentBuilder(context, DEFAULT_BUILDER);
  context.shell.files.unlink(childPath(instancesDirectory(context), name));
}

/** The name of the builder that `docker buildx use` chose. */
export async function currentBuilder(context: CliContext): Promise<string> {
  const { Name: name } = await readJson(context, currentFile(context));
  return typeof name === 'string' && (await findCreated(context, name)) !== undefined ? name : DEFAULT_BUILDER;
}

export function setCurrentBuilder(context: CliContext, name: string, isGlobal = false): void {
  const chosen = name === DEFAULT_BUILDER ? '' : name;
  writeJson(context, currentFile(context), { Key: ENGINE_ENDPOINT, Name: chosen, Global: isGlobal });
}

/** The directory of buildx beside config.json. */
function buildxDirectory(context: CliContext): AbsolutePath {
  return childPath(parentPath(configPath(context)), 'buildx');
}

export function instancesDirectory(context: CliContext): AbsolutePath {
  return childPath(buildxDirectory(context), 'instances');
}

function currentFile(context: CliContext): AbsolutePath {
  return childPath(buildxDirectory(context), 'current');
}

function nodeOf(value: unknown): BuilderNode {
  const fields = objectOf(value);
  const texts = (given: unknown): string[] => (Array.isArray(given) ? given.map(String) : []);
  const options = Object.entries(objectOf(fields['DriverOpts']));
  return {
    name: String(fields['Name']),
    endpoint: String(fields['Endpoint']),
    platforms: texts(fields['Platforms']),
    driverOptions: Object.fromEntries(options.map(([name, option]) => [name, String(option)])),
    flags: texts(fields['Flags']),
    booted: fields['Booted'] === true,
  };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A file that is not there, or holds no object, counts for an empty one. */
async function readJson({ shell }: CliContext, path: AbsolutePath): Promise<Readonly<Record<string, unknown>>> {
  const { inode } = shell.files.find(path) ?? {};
  if (inode?.kind !== 'file') return {};
  try {
    return objectOf(JSON.parse(utf8Text(await readBody(inode.body))));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function writeJson({ shell }: CliContext, path: AbsolutePath, value: unknown): void {
  makeDirectories(shell.files, parentPath(path));
  shell.files.writeBody(path, bodyOf(utf8(JSON.stringify(value))), 0o600);
}

function makeDirectories(files: CliContext['shell']['files'], path: AbsolutePath): void {
  if (files.find(path) !== undefined) return;
  makeDirectories(files, parentPath(path));
  files.makeDirectory(path, 0o700);
}
