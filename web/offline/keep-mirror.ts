/**
 * Fetches base images of the bundled mirror once, so that the service worker keeps them (vite.config.ts): they then build without
 * a network. The mirror is an OCI image layout: an index that names manifests, which name blobs.
 */

/** Bytes of it that are here, and bytes there are. */
export interface MirrorProgress {
  readonly keptBytes: number;
  readonly totalBytes: number;
}

/** Fetches that run at once. */
const AT_ONCE = 6;

interface Blob {
  readonly digest: string;
  readonly size: number;
}

/** The name of an image in the index of a layout (OCI image spec, annotations). */
const NAME = 'org.opencontainers.image.ref.name';

/**
 * `mirror` is its address, without a slash at its end; `names` are the images to keep, all without them. Rejects when the network
 * fails or the signal fires.
 */
export async function keepMirror(
  mirror: string,
  onProgress: (progress: MirrorProgress) => void,
  signal: AbortSignal,
  names?: readonly string[],
): Promise<void> {
  const read = async (path: string): Promise<unknown> => {
    const response = await fetch(`${mirror}/${path}`, { signal });
    if (!response.ok) throw new Error(`The server answers ${response.status} for ${path}.`);
    return path.endsWith('.json') ? response.json() : response.arrayBuffer();
  };
  const addressOf = ({ digest }: Blob): string => `blobs/${digest.replace(':', '/')}`;
  const isWanted = (manifest: Blob): boolean => {
    const name = fieldOf(fieldOf(manifest, 'annotations'), NAME);
    return names === undefined || (typeof name === 'string' && names.includes(name));
  };
  const manifests = distinct(descriptorsIn(await read('index.json'), 'manifests').filter(isWanted));
  const blobs = new Map<string, Blob>();
  await each(manifests, async (manifest) => {
    const bytes = await read(addressOf(manifest));
    const document: unknown = JSON.parse(new TextDecoder().decode(bytes as ArrayBuffer));
    const layers = descriptorsIn(document, 'layers');
    for (const blob of [
      ...layers,
      ...layers.flatMap(indexOf),
      ...descriptorsIn({ all: [fieldOf(document, 'config')] }, 'all'),
    ]) {
      blobs.set(blob.digest, blob);
    }
  });
  const totalBytes = [...blobs.values()].reduce((sum, { size }) => sum + size, 0);
  let keptBytes = 0;
  await each([...blobs.values()], async (blob) => {
    await read(addressOf(blob));
    keptBytes += blob.size;
    onProgress({ keptBytes, totalBytes });
  });
}

async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

function distinct(blobs: readonly Blob[]): readonly Blob[] {
  return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
}

/** The descriptors in a list of a document; what is none is left out. */
function descriptorsIn(document: unknown, field: string): readonly Blob[] {
  const list = fieldOf(document, field);
  return Array.isArray(list) ? list.filter(isBlob) : [];
}

/** The index that lies beside a layer (`worker/store/ready-index.ts`), where there is one. */
function indexOf(layer: Blob): readonly Blob[] {
  const annotations = fieldOf(layer, 'annotations');
  const digest = fieldOf(annotations, 'org.strata.layer.index.digest');
  const index = { digest, size: Number(fieldOf(annotations, 'org.strata.layer.index.size')) };
  return isBlob(index) ? [index] : [];
}

function fieldOf(document: unknown, field: string): unknown {
  return typeof document === 'object' && document !== null ? Reflect.get(document, field) : undefined;
}

function isBlob(value: unknown): value is Blob {
  const digest = fieldOf(value, 'digest');
  return (
    typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) && typeof fieldOf(value, 'size') === 'number'
  );
}
