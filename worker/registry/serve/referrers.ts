/**
 * What refers to a manifest by its subject (distribution-spec 1.1, "Listing Referrers"). Distribution 2.8 does not know it yet and
 * answers 404; clients then look for a tag made of the digest, which works here as there.
 */
import { MEDIA_TYPES, type Descriptor } from '../../oci/descriptor.ts';
import { isDigest, type Digest } from '../../oci/digest.ts';
import { readDocument, type RegistryDocument } from '../document.ts';
import { answerJson } from './answers.ts';
import { invalidDigest } from './blobs.ts';
import type { RegistryRequest, Route } from './server.ts';

export function referrerRoutes(): readonly Route[] {
  async function referrers({ storage, name, argument, url }: RegistryRequest): Promise<Response> {
    if (!isDigest(argument)) return invalidDigest(argument);
    const wanted = url.searchParams.get('artifactType');
    const manifests: Descriptor[] = [];
    for (const digest of storage.manifests(name)) {
      const content = storage.blob(digest);
      if (content === undefined) continue;
      const bytes = new Uint8Array(await content.arrayBuffer());
      const descriptor = referrerOf(await readDocument(bytes, undefined, undefined), argument);
      if (descriptor !== undefined && (wanted === null || descriptor.artifactType === wanted))
        manifests.push(descriptor);
    }
    const headers = {
      'content-type': MEDIA_TYPES.ociIndex,
      ...(wanted === null ? {} : { 'oci-filters-applied': 'artifactType' }),
    };
    return answerJson({ schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests }, headers);
  }

  return [{ pattern: /^\/v2\/(?<name>.+)\/referrers\/(?<argument>[^/]+)$/, methods: { GET: referrers } }];
}

/** The entry of a referrers list for a document whose subject is `subject`. */
function referrerOf(document: RegistryDocument, subject: Digest): Descriptor | undefined {
  const value = document.kind === 'index' ? document.index : document.manifest;
  if (value.subject?.digest !== subject) return undefined;
  const artifactType =
    value.artifactType ?? (document.kind === 'manifest' ? document.manifest.config.mediaType : undefined);
  return {
    ...document.descriptor,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(value.annotations === undefined ? {} : { annotations: value.annotations }),
  };
}
