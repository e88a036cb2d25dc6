/** `docker manifest inspect`: what a registry has under a name, as it has it. */
import { utf8Text } from '../../../base/bytes.ts';
import { EngineError, isEngineError } from '../../../base/errors.ts';
import type { Job } from '../../../base/job.ts';
import type { JsonValue } from '../../../base/json.ts';
import { fullReference, parseReference, type Reference } from '../../../oci/reference.ts';
import type { RegistryDocument } from '../../../registry/document.ts';
import type { Endpoint } from '../../../registry/endpoint.ts';
import { getManifest } from '../../../registry/repository.ts';
import type { RegistryCredentials } from '../api.ts';
import { worded, type TransferParts } from './transfers.ts';

/** Throws `not-found` for what no registry has, and what a registry refuses with. */
export async function remoteManifest(
  parts: TransferParts,
  name: string,
  options: { readonly credentials?: RegistryCredentials },
  job: Job,
): Promise<JsonValue> {
  const reference = parseReference(name);
  if (options.credentials !== undefined) parts.useCredentials(reference.domain, options.credentials);
  const { document } = await worded(reference, () => documentOf(parts, reference, job));
  return JSON.parse(utf8Text(document.bytes)) as JsonValue;
}

/** Mirrors are asked first; the registry has the last word. */
export async function documentOf(
  { client }: TransferParts,
  reference: Reference,
  job: Job,
): Promise<{ readonly document: RegistryDocument; readonly endpoint: Endpoint }> {
  const wanted = reference.digest ?? reference.tag ?? 'latest';
  const endpoints = client.pullEndpoints(reference.domain);
  for (const endpoint of endpoints) {
    try {
      return { document: await getManifest(client, { endpoint, path: reference.path }, wanted, job), endpoint };
    } catch (error) {
      job.budget.throwIfCancelled();
      if (endpoint.mirror) continue;
      if (!isEngineError(error, 'not-found')) throw error;
    }
  }
  throw new EngineError('not-found', `no such manifest: ${fullReference(reference)}`);
}
