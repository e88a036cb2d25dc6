/** Making a container for `docker run` and `docker create`: pulling its image where it is missing. */
import { isEngineError } from '../../base/errors.ts';
import type { ContainerCreate } from '../../engine/docker/container-types.ts';
import { familiarReference, parseReference } from '../../oci/reference.ts';
import { CliError, type CommandArguments } from '../command.ts';
import type { CliContext } from '../context.ts';
import { pullImage } from './pull-missing.ts';

const PULL_POLICIES = ['always', 'missing', 'never'];

/** Makes it and gives its ID. Throws what the engine says, and {@link CliError}. */
export async function createFromFlags(
  context: CliContext,
  { flags }: CommandArguments,
  options: ContainerCreate,
): Promise<string> {
  const policy = flags.text('pull') ?? 'missing';
  if (!PULL_POLICIES.includes(policy)) {
    throw new CliError(`invalid pull option: '${policy}': must be one of "always", "missing" or "never"`);
  }
  await refuseOldIDFile(context, flags.text('cidfile'));
  const quiet = flags.bool('quiet');
  if (policy === 'always') await pullImage(context, options, quiet);
  const id = await createOrPull(context, options, policy === 'missing' ? { quiet } : undefined);
  const file = flags.text('cidfile');
  if (file !== undefined && file !== '') await writeIDFile(context, file, id);
  return id;
}

async function createOrPull(
  context: CliContext,
  options: ContainerCreate,
  pull: { readonly quiet: boolean } | undefined,
): Promise<string> {
  const { containers } = context.docker;
  try {
    return (await containers.create(options)).Id;
  } catch (error) {
    if (pull === undefined || !isMissingImage(error)) throw error;
    const name = familiarReference(parseReference(options.image));
    if (!pull.quiet) await context.shell.err.write(`Unable to find image '${name}' locally\n`);
    await pullImage(context, options, pull.quiet);
    return (await containers.create(options)).Id;
  }
}

function isMissingImage(error: unknown): boolean {
  return isEngineError(error, 'not-found') && error.data['image'] !== undefined;
}

async function refuseOldIDFile({ shell }: CliContext, file: string | undefined): Promise<void> {
  if (file === undefined || file === '') return;
  try {
    shell.files.stat(file);
  } catch (error) {
    if (isEngineError(error, 'filesystem')) return;
    throw error;
  }
  throw new CliError(`container ID file found, make sure the other container isn't running or delete ${file}`);
}

async function writeIDFile({ shell }: CliContext, file: string, id: string): Promise<void> {
  const description = await shell.files.open(file, { write: true, create: true, truncate: true });
  await description.file.write(new TextEncoder().encode(id), shell.process);
  description.release();
}
