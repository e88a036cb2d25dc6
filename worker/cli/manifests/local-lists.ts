/**
 * Lists of manifests that `docker manifest create` keeps until they are pushed: below `manifests` beside config.json, a
 * directory for each list and in it a file for each image, as Docker's own client has them.
 */
import { utf8, utf8Text } from '../../base/bytes.ts';
import { childPath, parentPath, type AbsolutePath } from '../../base/path.ts';
import { MEDIA_TYPES, type Descriptor } from '../../oci/descriptor.ts';
import { parseDigest } from '../../oci/digest.ts';
import type { Platform } from '../../oci/platform.ts';
import { bodyOf, readBody } from '../../vfs/body.ts';
import { configPath } from '../client-config.ts';
import type { CliContext } from '../context.ts';

/** An image of a list. */
export interface ListedImage {
  /** Its whole name: `docker.io/library/busybox:latest`. */
  readonly name: string;
  readonly descriptor: Descriptor & { readonly platform: Platform };
}

/** The images of a list, in the order of their files; empty where there is no such list. */
export async function readList(context: CliContext, list: string): Promise<readonly ListedImage[]> {
  const directory = listDirectory(context, list);
  const { files } = context.shell;
  if (files.find(directory)?.inode.kind !== 'directory') return [];
  const images: ListedImage[] = [];
  for (const { name } of files.list(directory)) {
    const image = await readImage(context, childPath(directory, name));
    if (image !== undefined) images.push(image);
  }
  return images;
}

export function saveImage({ shell }: CliContext, file: AbsolutePath, { name, descriptor }: ListedImage): void {
  makeDirectories(shell.files, parentPath(file));
  shell.files.writeBody(file, bodyOf(utf8(JSON.stringify({ Ref: name, Descriptor: descriptor }))), 0o644);
}

/** The file of an image of a list. */
export function imageFile(context: CliContext, list: string, image: string): AbsolutePath {
  return childPath(listDirectory(context, list), fileName(image));
}

export function removeList(context: CliContext, list: string): void {
  const directory = listDirectory(context, list);
  const { files } = context.shell;
  for (const { name } of files.list(directory)) files.unlink(childPath(directory, name));
  files.removeDirectory(directory);
}

/** The list as a registry gets it: its fields in Docker's order, indented by three. */
export function listDocument(images: readonly ListedImage[]): { readonly mediaType: string; readonly text: string } {
  const isOCI = images[0]?.descriptor.mediaType === MEDIA_TYPES.ociManifest;
  const mediaType = isOCI ? MEDIA_TYPES.ociIndex : MEDIA_TYPES.dockerManifestList;
  const manifests = images.map(({ descriptor: { mediaType: type, size, digest, platform } }) => ({
    mediaType: type,
    size,
    digest,
    platform: {
      architecture: platform.architecture,
      os: platform.os,
      ...(platform['os.version'] === undefined ? {} : { 'os.version': platform['os.version'] }),
      ...(platform['os.features'] === undefined ? {} : { 'os.features': platform['os.features'] }),
      ...(platform.variant === undefined ? {} : { variant: platform.variant }),
    },
  }));
  return { mediaType, text: JSON.stringify({ schemaVersion: 2, mediaType, manifests }, undefined, 3) };
}

function listDirectory(context: CliContext, list: string): AbsolutePath {
  return childPath(childPath(parentPath(configPath(context)), 'manifests'), fileName(list));
}

function fileName(reference: string): string {
  return reference.replaceAll(':', '-').replaceAll('/', '_');
}

async function readImage({ shell }: CliContext, path: AbsolutePath): Promise<ListedImage | undefined> {
  const { inode } = shell.files.find(path) ?? {};
  if (inode?.kind !== 'file') return undefined;
  const value: unknown = JSON.parse(utf8Text(await readBody(inode.body)));
  const [name, descriptor] = [fieldOf(value, 'Ref'), fieldOf(value, 'Descriptor')];
  const platform = fieldOf(descriptor, 'platform');
  const text = (from: unknown, field: string): string => {
    const found = fieldOf(from, field);
    return typeof found === 'string' ? found : '';
  };
  const optional = (field: string): string | undefined => {
    const found = fieldOf(platform, field);
    return typeof found === 'string' ? found : undefined;
  };
  const [variant, version, features] = [optional('variant'), optional('os.version'), fieldOf(platform, 'os.features')];
  return {
    name: typeof name === 'string' ? name : '',
    descriptor: {
      mediaType: text(descriptor, 'mediaType'),
      digest: parseDigest(text(descriptor, 'digest')),
      size: Number(fieldOf(descriptor, 'size')),
      platform: {
        os: text(platform, 'os'),
        architecture: text(platform, 'architecture'),
        ...(variant === undefined ? {} : { variant }),
        ...(version === undefined ? {} : { 'os.version': version }),
        ...(Array.isArray(features) ? { 'os.features': features.map(String) } : {}),
      },
    },
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function makeDirectories(files: CliContext['shell']['files'], path: AbsolutePath): void {
  if (files.find(path) !== undefined) return;
  makeDirectories(files, parentPath(path));
  files.makeDirectory(path, 0o755);
}
