/**
 * COPY and ADD. What is copied from (the build context, a stage, an image, an inline file, a download) are the operation's sources,
 * which each origin names by number.
 */
import { EngineError, isEngineError } from '../../base/errors.ts';
import { ROOT, baseName, resolvePath, type AbsolutePath } from '../../base/path.ts';
import type { KeyPart } from '../../store/build-cache.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import type { UnionView } from '../../vfs/view.ts';
import { SETTINGS_PART } from '../cache-key.ts';
import { shownAt } from '../marked-lines.ts';
import type { FileSystem, Operation, OperationContext, Source } from '../operation.ts';
import { rootNameOf, stepView } from '../step-view.ts';
import { excludeFilter } from './copy/excludes.ts';
import { fileParts, filesBelow, type NamedFile } from './copy/file-parts.ts';
import { followSource } from './copy/follow-source.ts';
import { copyWithParents } from './copy/parents.ts';
import { createTreeCopier, type CopySettings } from './copy/tree-copier.ts';
import { resolveSource } from './copy/wildcards.ts';
import { unpackArchive } from './unpack.ts';
import { fileOwner, namesIn } from './users.ts';

/** One thing to copy. */
export interface CopyOrigin {
  /** Which source it is in. */
  readonly input: number;
  readonly path: AbsolutePath;
  /** A path of the Dockerfile: wildcards and links in it are resolved. */
  readonly resolve: boolean;
  /** It lies in the build context: shown without the slash in front. */
  readonly fromContext: boolean;
  /** Unpacked where it is an archive. */
  readonly unpack: boolean;
}

export interface CopyDefinition {
  /** The instruction as the image's history tells it: `COPY --chown=1 a /b`. */
  readonly instruction: string;
  readonly origins: readonly CopyOrigin[];
  /** Absolute; a slash at its end means a directory. */
  readonly destination: string;
  /** `user[:group]`, names or numbers. */
  readonly chown?: string;
  /** Permission bits. */
  readonly chmod?: number;
  /** Keeps the directories of the source's path. */
  readonly parents: boolean;
  readonly excludes: readonly string[];
  /** The source that is what the step stands on, too: its files are told by the key of that. */
  readonly baseInput?: number;
}

/** A path that an origin named, and where it leads. */
interface Match {
  readonly origin: CopyOrigin;
  readonly view: UnionView;
  /** As named, with wildcards resolved. */
  readonly path: AbsolutePath;
  /** With every link followed. */
  readonly target: AbsolutePath;
}

export function copyFiles(definition: CopyDefinition): Operation {
  return {
    kind: 'copy',
    definition,
    async keyParts(sources, context) {
      const { instruction, origins, baseInput, ...settings } = definition;
      const parts: KeyPart[] = [
        { kind: 'instruction', name: '', value: instruction },
        { kind: 'other', name: SETTINGS_PART, value: JSON.stringify(settings) },
      ];
      // nothing is asked of the empty root and of the base before the step runs, so a path that is not there fails it then
      const known = origins.filter(({ input }) => sources[input] !== undefined && input !== baseInput);
      const files: NamedFile[] = [];
      for (const match of matchesOf(known, sources, context)) {
        files.push(...(await filesOf(match, definition, context)));
      }
      return [...parts, ...(await fileParts(files, context))];
    },
    async execute(base, sources, context) {
      const view = stepView(base.tree, context);
      const settings = await copySettings(definition, view, base, context);
      const matches = matchesOf(definition.origins, sources, context, definition.baseInput);
      for (const match of matches) await copyMatch(match, view, definition, settings);
      return { kind: 'layer', view };
    },
  };
}

async function copySettings(
  definition: CopyDefinition,
  view: UnionView,
  base: FileSystem,
  context: OperationContext,
): Promise<CopySettings> {
  return {
    owner: definition.chown === undefined ? undefined : await fileOwner(namesIn(base, view), definition.chown),
    mode: definition.chmod,
    excludes: excludeFilter(definition.excludes),
    timeMs: context.timeMs(),
    rootName: rootNameOf(context),
    job: context.job,
  };
}

async function copyMatch(
  match: Match,
  view: UnionView,
  definition: CopyDefinition,
  settings: CopySettings,
): Promise<void> {
  const { destination } = definition;
  if (match.origin.unpack && (await unpackArchive(match.view, match.target, view, destination, settings))) return;
  if (definition.parents) await copyWithParents(match.view, match.path, view, destination, settings);
  else await createTreeCopier(match.view, view, settings).copy(match.target, baseName(match.path), destination);
}

/** What the origins name, in order. Throws `build` for a path that is not there. */
function matchesOf(
  origins: readonly CopyOrigin[],
  sources: readonly Source[],
  context: OperationContext,
  baseInput?: number,
): Match[] {
  return origins.flatMap((origin) => {
    const source = sources[origin.input];
    const view = stepView(source?.tree ?? EMPTY_TREE, context);
    const paths = origin.resolve ? pathsOf(view, origin) : [origin.path];
    return paths.map((path) => {
      const unasked = source === undefined || origin.input === baseInput;
      if (unasked && !isThere(view, path)) throw nothingThere(path, context);
      const target = origin.resolve ? followSource(view, path, context) : path;
      return { origin, view, path, target };
    });
  });
}

/** Throws `build` for a malformed wildcard, which the client refuses to look for in a context. */
function pathsOf(view: UnionView, { path, fromContext }: CopyOrigin): AbsolutePath[] {
  try {
    return resolveSource(view, path);
  } catch (error) {
    if (!fromContext || !isEngineError(error, 'invalid-argument')) throw error;
    const message = `rpc error: code = Unknown desc = invalid includepatterns: []: ${error.message}`;
    throw shownAt(new EngineError('build', message, { cause: error }), []);
  }
}

function isThere(view: UnionView, path: AbsolutePath): boolean {
  return path === ROOT || view.lookup(path, { follow: false }) !== undefined;
}

function nothingThere(path: AbsolutePath, context: OperationContext): EngineError {
  return new EngineError('build', `lstat ${rootNameOf(context)}${path}: no such file or directory`, { data: { path } });
}

/** The files of a match. The directory named as source is left out: its mode and owner go nowhere. */
async function filesOf(match: Match, definition: CopyDefinition, context: OperationContext): Promise<NamedFile[]> {
  const inode = match.view.lookup(match.target, { follow: false });
  if (inode === undefined) return [];
  const shown = match.origin.fromContext ? match.path.slice(1) : match.path;
  if (inode.kind !== 'directory') return [{ name: shown, inode }];
  const prefix = shown === '' || shown === ROOT ? shown : `${shown}/`;
  return filesBelow(match.view, match.target, prefix, excludeFilter(definition.excludes), context);
}

/** Where a destination is: absolute, with the slash at its end kept that says "a directory"; `/.` does so in absolute ones alone. */
export function absoluteDestination(destination: string, workingDirectory: AbsolutePath): string {
  const path = resolvePath(destination, workingDirectory);
  if (/^\/(?:.*\/)?\.$/.test(destination)) return path === ROOT ? '/.' : `${path}/.`;
  const directory = destination === '' || destination === '.' || destination.endsWith('/');
  return directory && path !== ROOT ? `${path}/` : path;
}
