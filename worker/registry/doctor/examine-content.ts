/** What of a pull the page can see, tried on an image that is there: the manifest's digest, and the way of its blobs. */
import { asEngineError } from '../../base/errors.ts';
import type { Manifest } from '../../oci/manifest.ts';
import { repositoryPage, tagPage } from '../lists.ts';
import { askManifest, getManifest, repositoryScope, type Repository } from '../repository.ts';
import type { Finding } from './diagnosis.ts';
import type { Examination } from './examine.ts';

const DIGEST = 'Access-Control-Expose-Headers: Docker-Content-Digest';
const BLOBS = 'Blobs';

export async function examineContent(examination: Examination): Promise<readonly Finding[]> {
  const { client, job } = examination;
  try {
    const found = await someImage(examination);
    if (found === undefined) return [untried('it lists no image to try it on')];
    const { repository, tag } = found;
    const response = await askManifest(client, repository, 'HEAD', tag, [], job);
    const exposed = response.headers.get('docker-content-digest') !== null;
    return [digestFinding(exposed), await blobFinding(examination, repository, tag)];
  } catch (error) {
    job.budget.throwIfCancelled();
    return [untried(asEngineError(error).message)];
  }
}

function untried(why: string): Finding {
  return { title: BLOBS, state: 'unknown', detail: `Not tried: ${why}.`, neededFor: [] };
}

async function someImage({
  client,
  endpoint,
  path: wanted,
  job,
}: Examination): Promise<{ readonly repository: Repository; readonly tag: string } | undefined> {
  const paths = wanted === undefined ? (await repositoryPage(client, endpoint, job, { pageSize: 5 })).names : [wanted];
  for (const path of paths) {
    const repository = { endpoint, path };
    const [tag] = (await tagPage(client, repository, job, { pageSize: 1 })).names;
    if (tag !== undefined) return { repository, tag };
  }
  return undefined;
}

function digestFinding(exposed: boolean): Finding {
  return exposed
    ? { title: DIGEST, state: 'ok', detail: 'The page sees a manifest’s digest without fetching it.', neededFor: [] }
    : {
        title: DIGEST,
        state: 'slower',
        detail: 'The digest is hidden, so every manifest is fetched and hashed to know it.',
        neededFor: [],
      };
}

/** Many registries send a browser on to their storage for a blob, where it arrives with the origin `null`. */
async function blobFinding({ client, job }: Examination, repository: Repository, tag: string): Promise<Finding> {
  const document = await getManifest(client, repository, tag, job);
  const manifest: Manifest | undefined = document.kind === 'manifest' ? document.manifest : undefined;
  if (manifest === undefined) return untried(`${repository.path}:${tag} is an index`);
  try {
    const response = await client.exchange({
      endpoint: repository.endpoint,
      method: 'GET',
      target: `/v2/${repository.path}/blobs/${manifest.config.digest}`,
      scopes: [repositoryScope(repository, 'pull')],
      retry: false,
      job,
    });
    await response.body?.cancel();
    const from = response.redirected
      ? `from ${new URL(response.url).host}, where the registry sends the browser`
      : 'from the registry itself';
    return { title: BLOBS, state: 'ok', detail: `They come ${from}.`, neededFor: ['pull'] };
  } catch (error) {
    job.budget.throwIfCancelled();
    const { code, message } = asEngineError(error);
    if (code !== 'cors' && code !== 'network') return untried(message);
    const detail =
      'Manifests arrive, blobs do not: the registry sends the browser on to its storage, which does not let a page read (it is asked with the origin “null”). Have the registry send blobs itself (storage.redirect.disable), or allow any origin at the storage.';
    return { title: BLOBS, state: 'missing', detail, neededFor: ['pull'] };
  }
}
