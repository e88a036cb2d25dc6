/** What a build is made of, as the words of `docker build` name it: contexts, Dockerfile, arguments, secrets. */
import { isEngineError } from '../../base/errors.ts';
import { baseName, resolvePath } from '../../base/path.ts';
import type { BuildRequest } from '../../build/types.ts';
import { archiveContext } from '../../engine/context.ts';
import { DEFAULT_PLATFORM, parsePlatform, type Platform } from '../../oci/platform.ts';
import { formatReference, parseReference, parseStrictReference } from '../../oci/reference.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import { readBody } from '../../vfs/body.ts';
import type { Tree } from '../../vfs/tree.ts';
import { createUnionView } from '../../vfs/union-view.ts';
import { utf8Text } from '../../base/bytes.ts';
import { CliError } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Flags } from '../flags.ts';
import { readInput, readText } from '../input-files.ts';
import { checkCacheFlags } from './build-caches.ts';
import { readNamedContexts } from './build-contexts.ts';
import { directoryTree } from './context-tree.ts';

/** The main context and the Dockerfile. */
export interface BuildSource {
  readonly context: Tree;
  /** Undefined where there is none. */
  readonly dockerfile: string | undefined;
  /** What messages call it. */
  readonly dockerfileName: string;
}

const DEFAULT_NAME = 'Dockerfile';

/** The error of a command line that does not fit together. */
export function buildError(message: string): CliError {
  return new CliError(`ERROR: ${message}`);
}

/** Reads the context `PATH | URL | -` and the Dockerfile. */
export async function readSource(context: CliContext, where: string, flags: Flags): Promise<BuildSource> {
  const file = flags.text('file');
  if (where === '-') {
    if (file === '-') throw buildError("invalid argument: can't use stdin for both build context and dockerfile");
    return readStandardInput(context, file);
  }
  if (/^(?:https?|git):\/\/|^git@|^github\.com\//.test(where)) {
    throw buildError(`remote contexts cannot be fetched here: ${where}. Download it, and build from its directory`);
  }
  const { files } = context.shell;
  if (files.find(where)?.inode.kind !== 'directory') {
    throw buildError(`unable to prepare context: path ${JSON.stringify(where)} not found`);
  }
  const tree = await directoryTree(files, where, context.job);
  if (file === '-') return { context: tree, dockerfile: await readText(context, '-'), dockerfileName: DEFAULT_NAME };
  const path = file ?? `${where}/${DEFAULT_NAME}`;
  const directory = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  if (directory !== '' && files.find(directory) === undefined) {
    throw buildError(`resolve : lstat ${directory}: no such file or directory`);
  }
  const { inode } = files.find(path) ?? {};
  const dockerfile = inode?.kind === 'file' ? utf8Text(await readBody(inode.body)) : undefined;
  return { context: tree, dockerfile, dockerfileName: baseName(resolvePath(path, context.shell.process.cwd)) };
}

/** Standard input is an archive of a context, or else a Dockerfile without one. */
async function readStandardInput(context: CliContext, file: string | undefined): Promise<BuildSource> {
  const bytes = await new Response(await readInput(context, '-')).blob();
  if (bytes.size === 0) throw buildError('failed to solve: failed to read dockerfile: no local sources enabled');
  const tree = (await isArchive(bytes)) ? await archiveContext(bytes.stream(), context.job) : undefined;
  const name = file ?? DEFAULT_NAME;
  if (tree === undefined) return { context: EMPTY_TREE, dockerfile: await bytes.text(), dockerfileName: DEFAULT_NAME };
  const inode = createUnionView(tree, { now: () => 0 }).lookup(resolvePath(name));
  const dockerfile = inode?.kind === 'file' ? utf8Text(await readBody(inode.body)) : undefined;
  return { context: tree, dockerfile, dockerfileName: name };
}

/** The beginnings of packed archives: gzip, bzip2, xz, zstd. */
const MAGIC = [[0x1f, 0x8b], [0x42, 0x5a, 0x68], [0xfd, 0x37, 0x7a, 0x58, 0x5a], [0x28, 0xb5, 0x2f, 0xfd]]; // prettier-ignore
const TAR_MAGIC_OFFSET = 257;

async function isArchive(input: Blob): Promise<boolean> {
  const head = new Uint8Array(await input.slice(0, TAR_MAGIC_OFFSET + 5).arrayBuffer());
  if (MAGIC.some((magic) => magic.every((byte, at) => head[at] === byte))) return true;
  return utf8Text(head.subarray(TAR_MAGIC_OFFSET)) === 'ustar';
}

/** A tag, with the name as BuildKit shows it and the one the image gets. */
export interface BuildTag {
  readonly shown: string;
  readonly reference: string;
}

/** The tags asked for. Throws {@link CliError} for what is no name. */
export function readTags(names: readonly string[]): readonly BuildTag[] {
  return names.map((tag) => {
    try {
      parseStrictReference(tag);
      const reference = parseReference(tag);
      return {
        shown: formatReference(reference),
        reference: formatReference({ ...reference, tag: reference.tag ?? 'latest' }),
      };
    } catch (error) {
      if (!isEngineError(error)) throw error;
      throw buildError(`invalid tag ${JSON.stringify(tag)}: ${error.message}`);
    }
  });
}

type RequestOptions = Pick<
  BuildRequest,
  | 'target'
  | 'buildArgs'
  | 'labels'
  | 'noCache'
  | 'noCacheFilter'
  | 'platform'
  | 'secrets'
  | 'namedContexts'
  | 'namedImages'
>;

/** Everything else that flags say of what is built. */
export async function readOptions(context: CliContext, flags: Flags): Promise<RequestOptions> {
  const target = flags.text('target');
  if (flags.bool('no-cache') && flags.given('no-cache-filter')) {
    throw buildError('--no-cache and --no-cache-filter cannot currently be used together');
  }
  checkCacheFlags(flags);
  return {
    ...(target === undefined ? {} : { target }),
    buildArgs: buildArguments(flags, context.shell.env),
    labels: Object.fromEntries(flags.list('label').map((label) => namedPair(label))),
    noCache: flags.bool('no-cache'),
    noCacheFilter: flags.list('no-cache-filter').flatMap((names) => names.split(',')),
    platform: platformOf(flags),
    secrets: await readSecrets(context, flags),
    ...(await readNamedContexts(context, flags)),
  };
}

/** What buildx hands on by itself where the environment has it. */
const SOURCE_DATE_EPOCH = 'SOURCE_DATE_EPOCH';

/** Throws {@link CliError} for a pair without a name. */
function namedPair(text: string): [name: string, value: string] {
  const pair = pairOf(text);
  if (pair[0] === '') throw buildError(`invalid key-value pair ${JSON.stringify(text)}: empty key`);
  return pair;
}

/** `--build-arg NAME=VALUE`, or NAME alone for the value of the environment. */
function buildArguments(flags: Flags, environment: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const sourceDate = environment.get(SOURCE_DATE_EPOCH);
  if (sourceDate !== undefined) values[SOURCE_DATE_EPOCH] = sourceDate;
  for (const word of flags.list('build-arg')) {
    const [name, given] = namedPair(word);
    const value = word.includes('=') ? given : environment.get(name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

export function pairOf(text: string): [name: string, value: string] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

function platformOf(flags: Flags): Platform {
  const platforms = flags.list('platform').flatMap((names) => names.split(','));
  if (platforms.length > 1) {
    throw buildError(
      'Multi-platform build is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/build-multi-platform/',
    );
  }
  try {
    return platforms[0] === undefined ? DEFAULT_PLATFORM : parsePlatform(platforms[0]);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw buildError(error.message);
  }
}

/** `id=ID,src=FILE` or `id=ID,env=NAME`; file or variable are called like the id by default. */
async function readSecrets(context: CliContext, flags: Flags): Promise<ReadonlyMap<string, Uint8Array>> {
  const secrets = new Map<string, Uint8Array>();
  for (const word of flags.list('secret')) {
    const fields = secretFields(word);
    const id = fields.get('id') ?? '';
    if (id === '') throw buildError('secret missing ID');
    const source = fields.get('src') ?? fields.get('source');
    const variable = fields.get('env') ?? (fields.get('type') === 'env' ? id : undefined);
    const fromEnvironment = context.shell.env.get(variable ?? id);
    if (variable !== undefined || (source === undefined && fromEnvironment !== undefined)) {
      secrets.set(id, new TextEncoder().encode(fromEnvironment ?? ''));
    } else secrets.set(id, await readSecretFile(context, source ?? id));
  }
  return secrets;
}

const SECRET_KEYS = new Set(['id', 'src', 'source', 'env', 'type']);
const SECRET_TYPES = ['file', 'env'];

function secretFields(word: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const field of word.split(',')) {
    const [name, value] = pairOf(field);
    if (!field.includes('=')) throw buildError(`invalid field '${field}' must be a key=value pair`);
    const key = name.toLowerCase();
    if (!SECRET_KEYS.has(key)) throw buildError(`unexpected key '${key}' in '${field}'`);
    if (key === 'type' && !SECRET_TYPES.includes(value))
      throw buildError(`unsupported secret type ${JSON.stringify(value)}`);
    fields.set(key, value);
  }
  return fields;
}

async function readSecretFile({ shell }: CliContext, path: string): Promise<Uint8Array> {
  const { inode } = shell.files.find(path) ?? {};
  if (inode?.kind === 'file') return readBody(inode.body);
  throw buildError(`failed to stat ${path}: stat ${path}: no such file or directory`);
}
