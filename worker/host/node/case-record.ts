/** What Strata makes of a golden case, told as the recorder of the golden suite tells what Docker makes of it. */
import { readAll } from '../../base/bytes.ts';
import { partsStream } from '../../codec/byte-parts.ts';
import type { BlobLike } from '../../base/blob-like.ts';
import { EngineError, asEngineError } from '../../base/errors.ts';
import { createJob } from '../../base/job.ts';
import { resolvePath } from '../../base/path.ts';
import { SILENT } from '../../base/progress.ts';
import { utf8Text } from '../../base/bytes.ts';
import { sha256Hex } from '../../codec/sha256.ts';
import { build } from '../../build/build.ts';
import { markedLines } from '../../build/marked-lines.ts';
import type { BuildEnvironment, BuildOutcome, BuildRequest } from '../../build/types.ts';
import type { HistoryEntry } from '../../oci/config.ts';
import type { DiffID } from '../../oci/digest.ts';
import type { Store } from '../../store/index.ts';
import { readBody } from '../../vfs/body.ts';
import type { LayerEntry } from '../../vfs/layer-entry.ts';
import type { Tree } from '../../vfs/tree.ts';
import { createUnionView } from '../../vfs/union-view.ts';
import { parseBuildArguments, type BuildArguments } from './build-arguments.ts';
import { CASE_TIME_MS, caseContext } from './case-context.ts';
import { headerValues, parseTxtar, splitWords } from './txtar.ts';

/** What cases are built with. */
export interface CaseEnvironment extends BuildEnvironment {
  /** Layers of busybox, which are cut off what is built on it, bottom up. */
  readonly busyboxLayers: readonly DiffID[];
}

/** The record of one case, ready to be written as JSON. */
export interface CaseRecord {
  readonly args: readonly string[];
  readonly about: string;
  readonly docker: object;
}

/** Lines of history that busybox brings. */
const BUSYBOX_HISTORY_ROWS = 2;
/** A case that is not done by then never will be. */
const CASE_LIMIT_MS = 120_000;
const CASE_TAG = 'docker.io/library/case:latest';

/** Builds a case and tells what came of it. Throws for a case that cannot be read, not for a build that fails. */
export async function recordCase(text: string, environment: CaseEnvironment): Promise<CaseRecord> {
  const txtar = parseTxtar(text);
  const args = headerValues(txtar, 'args').flatMap(splitWords);
  const variables = new Map(headerValues(txtar, 'env').map((line) => splitVariable(line)));
  const about = headerValues(txtar, 'about')[0] ?? '';
  const context = await caseContext(txtar);
  const outcome = await buildCase(context, args, variables, environment);
  return { args, about, docker: await tell(outcome, environment) };
}

async function buildCase(
  context: Tree,
  args: readonly string[],
  variables: ReadonlyMap<string, string>,
  environment: CaseEnvironment,
): Promise<BuildOutcome> {
  try {
    const parsed = parseBuildArguments(args, { ...process.env, ...Object.fromEntries(variables) });
    const job = createJob('record', AbortSignal.timeout(CASE_LIMIT_MS), environment.clock);
    return await build(await requestFor(context, parsed, variables), environment, job, SILENT);
  } catch (error) {
    return { ok: false, error: asEngineError(error), steps: [] };
  }
}

async function requestFor(
  context: Tree,
  args: BuildArguments,
  variables: ReadonlyMap<string, string>,
): Promise<BuildRequest> {
  const dockerfileName = args.dockerfile ?? 'Dockerfile';
  const dockerfile = await readFile(context, dockerfileName);
  if (dockerfile === undefined) {
    throw new EngineError('dockerfile', `failed to read dockerfile: open ${dockerfileName}: no such file or directory`);
  }
  const secrets = new Map<string, Uint8Array>();
  for (const [id, source] of args.secrets) {
    const value = 'file' in source ? await readFile(context, source.file) : encode(variables.get(source.variable));
    if (value !== undefined) secrets.set(id, value);
  }
  const namedContexts = [...args.contexts].map(([name, path]) => [name, subtree(context, path)] as const);
  return {
    ...args.request,
    dockerfile: utf8Text(dockerfile),
    dockerfileName,
    context,
    namedContexts: new Map(namedContexts),
    secrets,
    noCache: true,
    tags: [CASE_TAG],
  };
}

function splitVariable(line: string): [name: string, value: string] {
  const equals = line.indexOf('=');
  return [line.slice(0, equals), line.slice(equals + 1)];
}

const encode = (text: string | undefined): Uint8Array | undefined =>
  text === undefined ? undefined : new TextEncoder().encode(text);

async function readFile(context: Tree, path: string): Promise<Uint8Array | undefined> {
  const inode = createUnionView(context, { now: () => 0 }).lookup(resolvePath(path));
  return inode?.kind === 'file' ? readBody(inode.body) : undefined;
}

/** A directory of the context as a context of its own. */
function subtree(context: Tree, path: string): Tree {
  let node = context.root;
  for (const name of resolvePath(path).split('/')) node = name === '' ? node : (node.children?.get(name) ?? node);
  return { ...context, root: node };
}

async function tell(outcome: BuildOutcome, environment: CaseEnvironment): Promise<object> {
  if (!outcome.ok) {
    const lines = markedLines(outcome.error).flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    );
    const error = `failed to solve: ${outcome.error.message}`;
    return { exit: 1, error, ...(lines.length === 0 ? {} : { lines }) };
  }
  const { config } = outcome;
  const diffIDs = config.rootfs.diff_ids;
  const { busyboxLayers, store } = environment;
  const onBusybox = busyboxLayers.every((diffID, index) => diffIDs[index] === diffID);
  const own = diffIDs.slice(onBusybox ? busyboxLayers.length : 0);
  return {
    exit: 0,
    base: onBusybox ? 'busybox' : 'scratch',
    config: withoutEmpty(config.config ?? {}),
    author: config.author ?? '',
    history: (config.history ?? []).slice(onBusybox ? BUSYBOX_HISTORY_ROWS : 0).map(withoutTime),
    layers: await Promise.all(own.map((diffID) => layerRows(store, diffID))),
  };
}

function withoutEmpty(config: object): object {
  const empty = ['null', '""', 'false', '0', '[]', '{}'];
  return Object.fromEntries(
    Object.entries(config).filter(([, value]) => value !== undefined && !empty.includes(JSON.stringify(value))),
  );
}

function withoutTime({ created_by, author, comment, empty_layer }: HistoryEntry): object {
  return { created_by, author, comment, empty_layer };
}

async function layerRows(store: Store, diffID: DiffID): Promise<object[]> {
  const { index, tar } = await store.snapshots.layer(diffID);
  return Promise.all(index.entries.map((entry) => entryRow(entry, tar)));
}

const ROW_TYPES: Readonly<Record<LayerEntry['kind'], string>> = {
  file: 'file',
  directory: 'dir',
  symlink: 'symlink',
  hardlink: 'hardlink',
  character: 'char',
  block: 'block',
  fifo: 'fifo',
  socket: 'socket',
  whiteout: 'file',
  opaque: 'file',
};

/** A layer's entry as the golden records tell it: whiteouts as the files they are in the tar. */
async function entryRow(entry: LayerEntry, tar: BlobLike): Promise<object> {
  const isFile = ROW_TYPES[entry.kind] === 'file';
  const linked =
    entry.kind === 'hardlink' ? entry.target?.slice(1) : entry.kind === 'symlink' ? entry.target : undefined;
  return {
    path: tarPath(entry),
    type: ROW_TYPES[entry.kind],
    mode: entry.mode.toString(8).padStart(4, '0'),
    uid: entry.uid,
    gid: entry.gid,
    ...(isFile ? { size: entry.sizeBytes, sha256: await sha256Hex(await contentOf(entry, tar)) } : {}),
    ...(linked === undefined ? {} : { target: linked }),
    ...(entry.mtimeMs === CASE_TIME_MS ? { mtime: CASE_TIME_MS / 1000 } : {}),
  };
}

function tarPath({ path, kind }: LayerEntry): string {
  const relative = path.slice(1);
  if (kind === 'opaque') return `${relative === '' ? '' : `${relative}/`}.wh..wh..opq`;
  if (kind !== 'whiteout') return relative;
  const slash = relative.lastIndexOf('/') + 1;
  return `${relative.slice(0, slash)}.wh.${relative.slice(slash)}`;
}

/** A file's bytes as they stand in the layer's tar. */
async function contentOf(entry: LayerEntry, tar: BlobLike): Promise<Uint8Array> {
  const parts = (entry.extents ?? []).map(({ tarOffset, length }) =>
    tarOffset === undefined ? new Uint8Array(length) : tar.slice(tarOffset, tarOffset + length),
  );
  return readAll(partsStream(parts));
}
