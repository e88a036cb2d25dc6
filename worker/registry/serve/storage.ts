/**
 * A registry's data in the layout of distribution's file system driver (registry/storage/paths.go there): blobs once, and for
 * each repository links to those it may serve. A registry of Docker's can take over such a directory, and the other way round.
 */
import type { BlobLike } from '../../base/blob-like.ts';
import { isDigest, type Digest } from '../../oci/digest.ts';
import type { RegistryFiles } from './files.ts';

const ROOT = '/docker/registry/v2';
const BLOBS = `${ROOT}/blobs`;
const REPOSITORIES = `${ROOT}/repositories`;

export class RegistryStorage {
  readonly #files: RegistryFiles;

  constructor(files: RegistryFiles) {
    this.#files = files;
  }

  /** Names of repositories that something was pushed to, in byte order. */
  repositories(): readonly string[] {
    const found: string[] = [];
    const walk = (directory: string, name: string): void => {
      const entries = this.#files.list(directory);
      if (name !== '' && entries.includes('_layers')) found.push(name);
      for (const entry of entries) {
        if (!entry.startsWith('_')) walk(`${directory}/${entry}`, name === '' ? entry : `${name}/${entry}`);
      }
    };
    walk(REPOSITORIES, '');
    return found.sort();
  }

  /** A stored blob, whatever repository it is of. */
  blob(digest: Digest): BlobLike | undefined {
    return this.#files.blob(blobPath(digest));
  }

  putBlob(digest: Digest, content: Blob): void {
    if (this.blob(digest) === undefined) this.#files.write(blobPath(digest), content);
  }

  removeBlob(digest: Digest): void {
    this.#files.remove(blobDirectory(digest));
  }

  /** All stored blobs. */
  blobs(): readonly Digest[] {
    return this.#files
      .list(BLOBS)
      .flatMap((algorithm) =>
        this.#files
          .list(`${BLOBS}/${algorithm}`)
          .flatMap((prefix) => this.#digestsIn(`${BLOBS}/${algorithm}/${prefix}`, algorithm)),
      );
  }

  hasLayer(name: string, digest: Digest): boolean {
    return this.#has(linkPath(`${repository(name)}/_layers`, digest));
  }

  /** Lets a repository serve a blob that is stored. */
  linkLayer(name: string, digest: Digest): void {
    this.#link(linkPath(`${repository(name)}/_layers`, digest), digest);
  }

  unlinkLayer(name: string, digest: Digest): void {
    this.#files.remove(linkPath(`${repository(name)}/_layers`, digest));
  }

  /** A manifest of this repository. */
  manifest(name: string, digest: Digest): BlobLike | undefined {
    return this.#has(linkPath(revisions(name), digest)) ? this.blob(digest) : undefined;
  }

  /** Manifests of a repository, tagged or not. */
  manifests(name: string): readonly Digest[] {
    const directory = revisions(name);
    return this.#files
      .list(directory)
      .flatMap((algorithm) => this.#digestsIn(`${directory}/${algorithm}`, algorithm))
      .filter((digest) => this.#has(linkPath(directory, digest)));
  }

  putManifest(name: string, digest: Digest, content: Blob): void {
    this.putBlob(digest, content);
    this.#link(linkPath(revisions(name), digest), digest);
  }

  /** Takes a manifest away, and the tags that lead to it. */
  async removeManifest(name: string, digest: Digest): Promise<void> {
    this.#files.remove(linkPath(revisions(name), digest));
    for (const tag of this.tags(name) ?? []) if ((await this.tagged(name, tag)) === digest) this.untag(name, tag);
  }

  /** In byte order; undefined where nothing was ever tagged. */
  tags(name: string): readonly string[] | undefined {
    const there = this.#files.list(`${repository(name)}/_manifests`).includes('tags');
    return there ? this.#files.list(tagsOf(name)) : undefined;
  }

  async tagged(name: string, tag: string): Promise<Digest | undefined> {
    const text = await this.#files.blob(`${tagsOf(name)}/${tag}/current/link`)?.text();
    return text !== undefined && isDigest(text) ? text : undefined;
  }

  tag(name: string, tag: string, digest: Digest): void {
    this.#link(linkPath(`${tagsOf(name)}/${tag}/index`, digest), digest);
    this.#link(`${tagsOf(name)}/${tag}/current/link`, digest);
  }

  untag(name: string, tag: string): void {
    this.#files.remove(`${tagsOf(name)}/${tag}`);
  }

  /** Begins an upload. */
  openUpload(name: string, id: string, startedAt: string): void {
    this.#files.write(`${upload(name, id)}/startedat`, new Blob([startedAt]));
    this.#files.write(`${upload(name, id)}/data`, new Blob());
  }

  /** What arrived of an upload; undefined where none of this ID is under way in the repository. */
  upload(name: string, id: string): BlobLike | undefined {
    return this.#files.blob(`${upload(name, id)}/data`);
  }

  writeUpload(name: string, id: string, content: Blob): void {
    this.#files.write(`${upload(name, id)}/data`, content);
  }

  /** Makes an upload a blob of its repository. Its digest must have been checked. */
  commitUpload(name: string, id: string, digest: Digest): void {
    if (this.blob(digest) === undefined) this.#files.move(`${upload(name, id)}/data`, blobPath(digest));
    this.linkLayer(name, digest);
    this.closeUpload(name, id);
  }

  closeUpload(name: string, id: string): void {
    this.#files.remove(upload(name, id));
  }

  #has(link: string): boolean {
    return this.#files.blob(link) !== undefined;
  }

  #link(path: string, digest: Digest): void {
    this.#files.write(path, new Blob([digest]));
  }

  #digestsIn(directory: string, algorithm: string): readonly Digest[] {
    return this.#files.list(directory).flatMap((encoded) => {
      const digest = `${algorithm}:${encoded}`;
      return isDigest(digest) ? [digest] : [];
    });
  }
}

/** A repository's directory. */
function repository(name: string): string {
  return `${REPOSITORIES}/${name}`;
}

function revisions(name: string): string {
  return `${repository(name)}/_manifests/revisions`;
}

function tagsOf(name: string): string {
  return `${repository(name)}/_manifests/tags`;
}

function upload(name: string, id: string): string {
  return `${repository(name)}/_uploads/${id}`;
}

function linkPath(directory: string, digest: Digest): string {
  return `${directory}/${digest.replace(':', '/')}/link`;
}

/** Where a blob lies, without its last name: what `garbage-collect` names when it deletes it. */
export function blobDirectory(digest: Digest): string {
  const [algorithm = '', encoded = ''] = digest.split(':');
  return `${BLOBS}/${algorithm}/${encoded.slice(0, 2)}/${encoded}`;
}

function blobPath(digest: Digest): string {
  return `${blobDirectory(digest)}/data`;
}
