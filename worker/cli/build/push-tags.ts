/** `docker build --push`: the names of a built image go to their registries, as `docker push` sends them. */
import { familiarReference, parseReference, withDefaultTag } from '../../oci/reference.ts';
import { credentialsFor } from '../client-config.ts';
import type { CliContext } from '../context.ts';
import { progressOutput } from '../progress-output.ts';
import type { BuildTag } from './build-inputs.ts';

/** Throws what the registry says of a name it does not take. */
export async function pushTags(context: CliContext, tags: readonly BuildTag[], quiet: boolean): Promise<void> {
  for (const tag of tags) {
    const reference = withDefaultTag(parseReference(tag.reference));
    const credentials = await credentialsFor(context, reference.domain);
    const progress = progressOutput(context, quiet);
    await context.shell.out.flush();
    const options = credentials === undefined ? {} : { credentials };
    await context.docker.images.push(familiarReference(reference), options, progress.listener, context.job);
    await progress.finish();
  }
}
