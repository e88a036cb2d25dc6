/** The pull before a container is made; its progress goes to standard error, where it is in nobody's way. */
import type { ContainerCreate } from '../../engine/docker/container-types.ts';
import { familiarReference, parseReference, withDefaultTag } from '../../oci/reference.ts';
import { credentialsFor } from '../client-config.ts';
import type { CliContext } from '../context.ts';
import { progressOutput } from '../progress-output.ts';

export async function pullImage(
  context: CliContext,
  { image, platform }: ContainerCreate,
  quiet: boolean,
): Promise<void> {
  const reference = withDefaultTag(parseReference(image));
  const credentials = await credentialsFor(context, reference.domain);
  const progress = progressOutput(context, quiet, context.shell.err);
  await context.docker.images.pull(
    familiarReference(reference),
    { ...(platform === undefined ? {} : { platform }), ...(credentials === undefined ? {} : { credentials }) },
    progress.listener,
    context.job,
  );
  await progress.finish();
}
