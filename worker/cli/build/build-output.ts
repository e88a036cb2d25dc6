/** `--output`: where the result of a build goes. */
import { isEngineError } from '../../base/errors.ts';
import { resolvePath } from '../../base/path.ts';
import type { BuildOutcome } from '../../build/types.ts';
import { bodyOfBlob } from '../../vfs/body.ts';
import type { CliContext } from '../context.ts';
import type { Flags } from '../flags.ts';
import { systemText } from '../input-files.ts';
import { buildError } from './build-inputs.ts';

/** An image among the others, the files of a directory, an archive of them, or nothing at all. */
export type BuildOutput =
  | { readonly kind: 'image' }
  | { readonly kind: 'none' }
  | { readonly kind: 'local' | 'tar'; readonly destination: string };

/** Exporters that need another driver than Docker's own. */
const OTHER_DRIVERS: Readonly<Record<string, string>> = { oci: 'OCI', docker: 'Docker' };

/** Reads `-o DIRECTORY`, `-o -`, `-o type=TYPE,dest=PATH`. */
export function readOutput(context: CliContext, flags: Flags): BuildOutput {
  const outputs = flags.list('output');
  if (flags.bool('push') && !flags.given('tag')) throw buildError('tag is needed when pushing to registry');
  const [spec] = outputs;
  if (flags.bool('load')) return { kind: 'image' };
  if (outputs.length > 1) throw buildError('multiple outputs currently unsupported by the current BuildKit daemon');
  if (spec === undefined || spec === '') return { kind: 'image' };
  if (!spec.includes('='))
    return spec === '-' ? { kind: 'tar', destination: '-' } : { kind: 'local', destination: spec };
  const fields = new Map(
    spec.split(',').map((field) => [field.split('=', 1)[0] ?? '', field.slice(field.indexOf('=') + 1)]),
  );
  const type = fields.get('type') ?? '';
  const destination = fields.get('dest') ?? '';
  switch (type) {
    case 'docker':
      if (destination !== '') throw otherDriver(type);
      return { kind: 'image' };
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
      if (OTHER_DRIVERS[type] !== undefined) throw otherDriver(type);
      throw buildError(`failed to solve: exporter ${JSON.stringify(type)} could not be found`);
  }
}

function otherDriver(type: string): Error {
  return buildError(
    `${OTHER_DRIVERS[type] ?? type} exporter is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/build-exporters/`,
  );
}

/** True for a result that is files and no image. */
export function writesFiles(output: BuildOutput): output is BuildOutput & { readonly destination: string } {
  return output.kind === 'local' || output.kind === 'tar';
}

/** The names that `--output type=image,name=NAME` gives. */
export function outputNames(flags: Flags): readonly string[] {
  return flags.list('output').flatMap((spec) => {
    const fields = spec.split(',');
    const named = fields.includes('type=image') ? fields.find((field) => field.startsWith('name=')) : undefined;
    return named === undefined ? [] : [named.slice('name='.length)];
  });
}

/** Puts the files of a result where they were asked for. */
export async function exportResult(
  context: CliContext,
  output: BuildOutput,
  outcome: BuildOutcome & { readonly ok: true },
): Promise<void> {
  if (output.kind === 'image' || output.kind === 'none') return;
  const archive = await context.engine.resultArchive(outcome.chainID, context.job);
  if (output.kind === 'tar') await writeTar(context, archive, output.destination);
  else await unpack(context, archive, output.destination);
  await forgetImage(context, outcome.imageID);
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
  const { RepoTags } = await docker.images.inspect(id);
  if (RepoTags.length > 0) return;
  try {
    await docker.images.remove(id, { force: false, pruneParents: false });
  } catch (error) {
    if (!isEngineError(error, 'conflict')) throw error;
  }
}
