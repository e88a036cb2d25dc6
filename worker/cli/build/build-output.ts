/** `--output`: where the result of a build goes. */
import { isEngineError } from '../../base/errors.ts';
import { resolvePath } from '../../base/path.ts';
import type { BuildOutcome } from '../../build/types.ts';
import { bodyOfBlob } from '../../vfs/body.ts';
import { isEngineBuilder } from '../builders/choose.ts';
import type { Builder } from '../builders/instances.ts';
import type { CliContext } from '../context.ts';
import type { Flags } from '../flags.ts';
import { systemText } from '../input-files.ts';
import { buildError } from './build-inputs.ts';

/** An image among the others, an archive of one, the files of a directory, an archive of them, or nothing at all. */
export type BuildOutput =
  | { readonly kind: 'image' }
  | { readonly kind: 'none' }
  | { readonly kind: 'local' | 'tar' | 'image-archive'; readonly destination: string };

/** Exporters that need another driver than Docker's own. */
const OTHER_DRIVERS: Readonly<Record<string, string>> = { oci: 'OCI', docker: 'Docker' };

/** Builders that are not part of the engine keep their results, unless told otherwise. */
export const NO_OUTPUT_WARNING =
  'WARNING: No output specified with docker-container driver. Build result will only remain in the build cache. To push result into a registry use --push or to load image into docker use --load\n';

/** True where what is built stays in the cache of the builder, which is told. */
export function leavesNoResult(builder: Builder, flags: Flags): boolean {
  return !isEngineBuilder(builder) && !flags.bool('load') && !flags.bool('push') && flags.list('output').length === 0;
}

/** Every `--output`. The engine's own builder takes one; without any its result is an image. */
export function readOutputs(context: CliContext, flags: Flags, builder: Builder): readonly BuildOutput[] {
  const specs = flags.list('output');
  if (flags.bool('push') && !flags.given('tag')) throw buildError('tag is needed when pushing to registry');
  const own = isEngineBuilder(builder);
  if (own && flags.bool('load')) return [{ kind: 'image' }];
  if (own && specs.length > 1)
    throw buildError('multiple outputs currently unsupported by the current BuildKit daemon');
  if (leavesNoResult(builder, flags)) return [{ kind: 'none' }];
  const outputs = specs.map((spec) => readOutput(context, spec, own));
  const wantsImage = specs.length === 0 || flags.bool('load') || flags.bool('push');
  return wantsImage && outputs.every(({ kind }) => kind !== 'image') ? [...outputs, { kind: 'image' }] : outputs;
}

/** Reads `DIRECTORY`, `-`, `type=TYPE,dest=PATH`; `own` for the engine's builder. */
function readOutput(context: CliContext, spec: string, own: boolean): BuildOutput {
  if (spec === '') return { kind: 'image' };
  if (!spec.includes('='))
    return spec === '-' ? { kind: 'tar', destination: '-' } : { kind: 'local', destination: spec };
  const fields = new Map(
    spec.split(',').map((field) => [field.split('=', 1)[0] ?? '', field.slice(field.indexOf('=') + 1)]),
  );
  const type = fields.get('type') ?? '';
  const destination = fields.get('dest') ?? '';
  switch (type) {
    case 'docker':
      if (destination === '') return { kind: 'image' };
      if (own) throw otherDriver(type);
      return { kind: 'image-archive', destination };
    case 'oci':
      if (own) throw otherDriver(type);
      if (destination === '' && context.terminal !== undefined) {
        throw buildError('dest file is required for oci exporter. refusing to write to console');
      }
      return { kind: 'image-archive', destination: destination === '' ? '-' : destination };
    case 'image':
    case 'registry':
      return { kind: 'image' };
    case 'cacheonly':
      return { kind: 'none' };
    case '':
    case 'local':
      if (destination === '') throw buildError('dest is required for local exporter');
      return { kind: 'local', destination };
    case 'tar':
      if (destination === '' && context.terminal !== undefined) {
        throw buildError('dest file is required for tar exporter. refusing to write to console');
      }
      return { kind: 'tar', destination: destination === '' ? '-' : destination };
    default:
      throw buildError(`failed to solve: exporter ${JSON.stringify(type)} could not be found`);
  }
}

function otherDriver(type: string): Error {
  return buildError(
    `${OTHER_DRIVERS[type] ?? type} exporter is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/build-exporters/`,
  );
}

/** True for a result that is files and no image. */
export function writesFiles({ kind }: BuildOutput): boolean {
  return kind === 'local' || kind === 'tar';
}

/** The names that `--output type=image,name=NAME` gives. */
export function outputNames(flags: Flags): readonly string[] {
  return flags.list('output').flatMap((spec) => {
    const fields = spec.split(',');
    const named = fields.includes('type=image') ? fields.find((field) => field.startsWith('name=')) : undefined;
    return named === undefined ? [] : [named.slice('name='.length)];
  });
}

/** Puts a result where it was asked for; `names` are those an archive of the image tells. */
export async function exportResults(
  context: CliContext,
  outputs: readonly BuildOutput[],
  outcome: BuildOutcome & { readonly ok: true },
  names: readonly string[],
): Promise<void> {
  const packs = outputs.some(({ kind }) => kind === 'image-archive');
  const before = packs ? await lendNames(context, outcome.imageID, names) : [];
  for (const output of outputs) {
    switch (output.kind) {
      case 'local':
        await unpack(context, await context.engine.resultArchive(outcome.chainID, context.job), output.destination);
        break;
      case 'tar':
        await writeTar(context, await context.engine.resultArchive(outcome.chainID, context.job), output.destination);
        break;
      case 'image-archive':
        await writeImage(context, outcome.imageID, names, output.destination);
        break;
      case 'image':
      case 'none':
    }
  }
  if (outputs.some(({ kind }) => kind === 'image')) return;
  if (packs) await returnNames(context, names, before);
  await forgetImage(context, outcome.imageID);
}

/** As `docker save` packs an image: an OCI layout that says what older engines read, too. */
async function writeImage(context: CliContext, id: string, names: readonly string[], path: string): Promise<void> {
  const archive = await context.docker.images.save(names.length === 0 ? [id] : names, context.job);
  await writeTar(context, await new Response(archive).blob(), path);
}

/** Gives an image names for as long as it is packed; gives what had each before. */
async function lendNames(
  context: CliContext,
  id: string,
  names: readonly string[],
): Promise<readonly (string | undefined)[]> {
  const before = await Promise.all(names.map((name) => imageCalled(context, name)));
  for (const name of names) await context.docker.images.tag(id, name);
  return before;
}

async function returnNames(
  { docker }: CliContext,
  names: readonly string[],
  before: readonly (string | undefined)[],
): Promise<void> {
  for (const [at, name] of names.entries()) {
    const previous = before[at];
    if (previous === undefined) await docker.images.remove(name, { force: false, pruneParents: false });
    else await docker.images.tag(previous, name);
  }
}

/** The ID of the image that has a name now. */
async function imageCalled({ docker }: CliContext, name: string): Promise<string | undefined> {
  try {
    return (await docker.images.inspect(name)).Id;
  } catch (error) {
    if (!isEngineError(error, 'not-found')) throw error;
    return undefined;
  }
}

async function writeTar({ shell }: CliContext, archive: Blob, path: string): Promise<void> {
  const file = path === '-' ? undefined : await createFile(shell, path);
  const output = file ?? shell.out;
  await output.write(new Uint8Array(await archive.arrayBuffer()));
  await output.flush();
  await file?.close();
}

async function createFile(shell: CliContext['shell'], path: string): ReturnType<CliContext['shell']['create']> {
  try {
    return await shell.create(path);
  } catch (error) {
    if (!isEngineError(error, 'filesystem')) throw error;
    throw buildError(`failed to open open ${path}: ${systemText(error.data['errno'])}`);
  }
}

/** Unpacks with the machine's own `tar`. */
async function unpack({ shell }: CliContext, archive: Blob, destination: string): Promise<void> {
  const directory = resolvePath(destination, shell.process.cwd);
  if (shell.files.find(directory) === undefined) shell.files.makeDirectory(directory, 0o755);
  const status = await shell.spawn(['tar', '-x', '-C', directory], shell.env, ({ descriptors, kernel }) => {
    descriptors.replace(0, kernel.openText(bodyOfBlob(archive)));
  });
  if (status !== 0) throw buildError(`failed to solve: the result could not be written to ${destination}`);
}

/** Files were asked for, not an image: one that has no other reason to be goes. */
async function forgetImage({ docker }: CliContext, id: string): Promise<void> {
  try {
    const { RepoTags } = await docker.images.inspect(id);
    if (RepoTags.length > 0) return;
    await docker.images.remove(id, { force: false, pruneParents: false });
  } catch (error) {
    // it may have gone with a name it was lent
    if (!isEngineError(error, 'conflict') && !isEngineError(error, 'not-found')) throw error;
  }
}
