/**
 * `RUN --mount`: what a process sees at further paths. Bind mounts show another file system, and what is written to them is
 * dropped; cache mounts outlive the build; tmpfs and secrets are gone with the process.
 */
import { ownBytes, utf8Text } from '../../base/bytes.ts';
import { EngineError } from '../../base/errors.ts';
import { ROOT, childPath, segmentsOf, type AbsolutePath } from '../../base/path.ts';
import type { Mount } from '../../shell/process.ts';
import type { KeyPart } from '../../store/build-cache.ts';
import { bodyOf } from '../../vfs/body.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import type { UnionView } from '../../vfs/view.ts';
import type { OperationContext, Source } from '../operation.ts';
import { stepView } from '../step-view.ts';
import { fileParts, filesBelow } from './copy/file-parts.ts';
import { followSource } from './copy/follow-source.ts';
import type { MountedFile } from './network-files.ts';
import { rootPath } from './copy/root-path.ts';

interface MountTarget {
  readonly target: AbsolutePath;
}
interface BindMount extends MountTarget {
  readonly type: 'bind';
  /** Which source it shows. */
  readonly input: number;
  readonly source: AbsolutePath;
  readonly readOnly: boolean;
}
interface CacheMount extends MountTarget {
  readonly type: 'cache';
  readonly id: string;
  readonly sharing: 'shared' | 'private' | 'locked';
  readonly readOnly: boolean;
  /** Content of a cache that is new: a source, and a directory of it. */
  readonly input?: number;
  readonly source: AbsolutePath;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}
interface SshMount extends MountTarget {
  readonly type: 'ssh';
  readonly id: string;
  readonly required: boolean;
}
interface TmpfsMount extends MountTarget {
  readonly type: 'tmpfs';
}
interface SecretMount extends MountTarget {
  readonly type: 'secret';
  readonly id: string;
  readonly required: boolean;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** The variable that has its value; there is a file only where a target was asked for. */
  readonly env?: string;
  readonly asFile: boolean;
}
/** A file with this text, as heredocs that are run by their own interpreter become. */
interface InlineMount extends MountTarget {
  readonly type: 'inline';
  readonly content: string;
}

export type RunMountDefinition = BindMount | CacheMount | TmpfsMount | SecretMount | SshMount | InlineMount;

/** Mounts of one process, until `release`. */
export interface PreparedMounts {
  readonly list: readonly Mount[];
  /** Variables that secrets and agents are told by. */
  readonly variables: ReadonlyMap<string, string>;
  /** Saves caches, and takes back the empty files and directories that were made to mount on. */
  release(): Promise<void>;
}

/** What a mount adds to the cache key: how it is set up, and what a bind mount shows. Caches and secrets may change freely. */
export async function mountKeyParts(
  mount: RunMountDefinition,
  sources: readonly Source[],
  context: OperationContext,
): Promise<readonly KeyPart[]> {
  const setup: KeyPart = { kind: 'mount', name: mount.target, value: JSON.stringify({ ...mount, input: undefined }) };
  if (mount.type !== 'bind') return [setup];
  const view = stepView(sources[mount.input]?.tree ?? EMPTY_TREE, context);
  const path = followSource(view, mount.source, context);
  const inode = view.lookup(path, { follow: false });
  if (inode === undefined) return [setup];
  const below = inode.kind === 'directory' ? await filesBelow(view, path, `${mount.target}/`, undefined, context) : [];
  return [setup, ...(await fileParts([{ name: mount.target, inode }, ...below], context))];
}

/** Sets up the mounts of a process in `root`, with `files` below them. Throws `build` for a secret or an agent that is required and not given. */
export async function prepareMounts(
  definitions: readonly RunMountDefinition[],
  files: readonly MountedFile[],
  root: UnionView,
  sources: readonly Source[],
  context: OperationContext,
): Promise<PreparedMounts> {
  const list: Mount[] = [];
  const variables = new Map<string, string>();
  const releases: (() => void | Promise<void>)[] = [];
  for (const definition of definitions) {
    noteVariable(definition, variables, context);
    const prepared = await prepareMount(definition, sources, context);
    if (prepared === undefined) continue;
    const { save, ...mount } = prepared;
    const source = mount.source ?? ROOT;
    const target = rootPath(root, definition.target);
    const directory = mount.view.lookup(source)?.kind === 'directory';
    releases.push(makeMountPoint(root, target, directory, context.timeMs()));
    if (save !== undefined) releases.push(save);
    list.push({ ...mount, target });
  }
  for (const file of files) {
    const target = rootPath(root, file.target);
    releases.push(makeMountPoint(root, target, false, context.timeMs()));
    list.unshift({ ...file, target });
  }
  return {
    list,
    variables,
    async release() {
      for (const release of releases.reverse()) await release();
    },
  };
}

type PreparedMount = Omit<Mount, 'target'> & { readonly save?: () => Promise<void> };

async function prepareMount(
  mount: RunMountDefinition,
  sources: readonly Source[],
  context: OperationContext,
): Promise<PreparedMount | undefined> {
  switch (mount.type) {
    case 'bind': {
      const view = stepView(sources[mount.input]?.tree ?? EMPTY_TREE, context);
      return { view, source: followSource(view, mount.source, context), readOnly: mount.readOnly };
    }
    case 'tmpfs': {
      const view = stepView(EMPTY_TREE, context);
      view.setAttributes(ROOT, { mode: 0o1777 });
      return { view, readOnly: false, type: 'tmpfs' };
    }
    case 'cache': {
      const origin = mount.input === undefined ? undefined : sources[mount.input];
      const cache = await context.cacheMounts.open(mount, origin, context);
      const save = (): Promise<void> => cache.release();
      return { view: cache.view, source: cache.source, readOnly: mount.readOnly, save };
    }
    case 'secret': {
      const value = context.secrets.get(mount.id);
      if (value === undefined && mount.required) throw new EngineError('build', `secret ${mount.id}: not found`);
      const { mode, uid, gid } = mount;
      return value === undefined || !mount.asFile ? undefined : fileMount(value, { mode, uid, gid }, context);
    }
    case 'ssh':
      // no agent is ever forwarded to a browser
      if (mount.required) throw new EngineError('build', `unset ssh forward key ${mount.id}`);
      return undefined;
    case 'inline':
      return fileMount(new TextEncoder().encode(mount.content), { mode: 0o755, uid: 0, gid: 0 }, context);
  }
}

/** An agent's socket is told of even where there is none. */
function noteVariable(mount: RunMountDefinition, variables: Map<string, string>, { secrets }: OperationContext): void {
  if (mount.type === 'ssh') variables.set('SSH_AUTH_SOCK', mount.target);
  if (mount.type !== 'secret' || mount.env === undefined) return;
  const value = secrets.get(mount.id);
  if (value !== undefined) variables.set(mount.env, utf8Text(value));
}

/** A single file to mount, read-only. */
function fileMount(
  content: Uint8Array,
  attributes: { readonly mode: number; readonly uid: number; readonly gid: number },
  context: OperationContext,
): PreparedMount {
  const view = stepView(EMPTY_TREE, context);
  const source = childPath(ROOT, 'file');
  view.writeFile(source, bodyOf(ownBytes(content)), attributes);
  return { view, source, readOnly: true };
}

/**
 * Makes what is missing of the path to mount on, as a container runtime does, and returns how to remove it again: BuildKit cleans
 * these up, so that a mount leaves nothing in the layer.
 */
function makeMountPoint(root: UnionView, target: AbsolutePath, directory: boolean, timeMs: number): () => void {
  const made: AbsolutePath[] = [];
  const attributes = { mode: 0o755, uid: 0, gid: 0, mtimeMs: timeMs };
  let current = ROOT;
  const segments = segmentsOf(target);
  segments.forEach((segment, index) => {
    current = childPath(current, segment);
    if (root.lookup(current) !== undefined) return;
    if (directory || index < segments.length - 1) root.mkdir(current, attributes);
    else root.writeFile(current, bodyOf(new Uint8Array(0)), attributes);
    made.push(current);
  });
  return () => {
    for (const path of made.reverse()) removeStub(root, path);
  };
}

function removeStub(root: UnionView, path: AbsolutePath): void {
  const inode = root.lookup(path, { follow: false });
  if (inode?.kind === 'file' && inode.body.sizeBytes === 0) root.unlink(path);
  if (inode?.kind === 'directory' && root.list(path).length === 0) root.rmdir(path);
}
