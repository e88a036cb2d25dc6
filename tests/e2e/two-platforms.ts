/** A name that leads to images of two platforms, made of one image at a registry. */
import { createHash } from 'node:crypto';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

interface Manifest {
  readonly config: { readonly digest: string; readonly size: number };
}

/** The digest is that of the second image's config. */
export interface TwoPlatforms {
  readonly name: string;
  readonly armConfig: string;
}

/** Puts beside the image under `tag` one of the same layers for linux/arm64, and both under the tag `both`. */
export async function pushForTwoPlatforms(domain: string, repository: string, tag: string): Promise<TwoPlatforms> {
  const base = `http://${domain}/v2/${repository}`;
  const amdText = await (await fetch(`${base}/manifests/${tag}`, { headers: { accept: MANIFEST } })).text();
  const amd = JSON.parse(amdText) as Manifest;
  const config = (await (await fetch(`${base}/blobs/${amd.config.digest}`)).json()) as object;

  const armConfig = JSON.stringify({ ...config, architecture: 'arm64' });
  const session = await answered(fetch(`${base}/blobs/uploads/`, { method: 'POST' }));
  const location = new URL(session.headers.get('location') ?? '', base);
  location.searchParams.set('digest', digestOf(armConfig));
  await answered(fetch(location, { method: 'PUT', body: armConfig }));

  const armText = JSON.stringify({
    ...amd,
    config: { ...amd.config, digest: digestOf(armConfig), size: armConfig.length },
  });
  await putManifest(`${base}/manifests/${digestOf(armText)}`, MANIFEST, armText);
  const manifests = (
    [
      [amdText, 'amd64'],
      [armText, 'arm64'],
    ] as const
  ).map(([text, architecture]) => ({
    mediaType: MANIFEST,
    digest: digestOf(text),
    size: text.length,
    platform: { os: 'linux', architecture },
  }));
  await putManifest(`${base}/manifests/both`, INDEX, JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }));
  return { name: `${domain}/${repository}:both`, armConfig: digestOf(armConfig) };
}

async function putManifest(address: string, mediaType: string, body: string): Promise<void> {
  await answered(fetch(address, { method: 'PUT', headers: { 'content-type': mediaType }, body }));
}

async function answered(asked: Promise<Response>): Promise<Response> {
  const response = await asked;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return response;
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
