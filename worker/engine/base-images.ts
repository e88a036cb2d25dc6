/**
 * Images that FROM, COPY --from and `pull` name: found here first, else at the registry (through its mirrors), and fetched
 * when a step needs their layers. As with BuildKit, an image fetched for a FROM alone is not among the images a person lists.
 */
import { isEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { SILENT, type ProgressSink } from '../base/progress.ts';
import type { ResolvedImage } from '../build/types.ts';
import type { Digest } from '../oci/digest.ts';
import { formatPlatform, type Platform } from '../oci/platform.ts';
import { fullReference, parseReference, type Reference } from '../oci/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import { resolveImage } from '../registry/resolve.ts';
import type { ImageID, ImageRecord } from '../store/images.ts';
import type { EngineParts } from './parts.ts';
import { createImageFetch, isReplica } from './image-fetch.ts';

/** A tag is looked up again at its registry when the last answer is older than this: live editing must not wait for it. */
const RESOLUTION_TTL_MS = 10 * 60_000;

export interface BaseImages {
  /** For the solver: what a name means now. Throws `not-found` as Docker words it. */
  resolve(name: string, platform: Platform, job: Job): Promise<ResolvedImage>;
  /** `docker pull`: looks at the registry in any case, fetches, and gives the image its name. */
  pull(reference: Reference, platform: Platform, job: Job, progress: ProgressSink): Promise<ImageRecord>;
}

/** What a name last meant, kept so that a build works offline with what is stored, and that a reload need not ask again at once. */
interface Resolution {
  readonly id: ImageID;
  readonly digest: Digest;
  /** When its registry said so; long ago where it is not said. */
  readonly atMs?: number;
}

/** An image, and when its registry named it. */
interface Answer {
  readonly image: ResolvedImage;
  readonly atMs: number;
}

export function createBaseImages(parts: EngineParts, client: RegistryClient): BaseImages {
  const { store, clock } = parts;
  /** Answers of this session. */
  const answers = new Map<string, Answer>();
  const fetchRecord = createImageFetch(parts, client);

  async function localImage(reference: Reference): Promise<ResolvedImage | undefined> {
    const name = fullReference(reference);
    const id = await store.images.resolve(name);
    const record = id === undefined ? undefined : await store.images.get(id);
    return record === undefined ? undefined : storedImage(name, record, record.manifestDigest ?? record.id);
  }

  function storedImage(name: string, record: ImageRecord, digest: Digest): ResolvedImage {
    return {
      reference: name,
      digest,
      config: record.config,
      replica: record.marks.includes('replica'),
      pull: () => Promise.resolve(record.chainID),
    };
  }

  async function remoteImage(reference: Reference, platform: Platform, job: Job): Promise<ResolvedImage> {
    const name = fullReference(reference);
    const key = resolutionKey(name, platform);
    try {
      const found = await resolveImage(client, reference, platform, job);
      const atMs = clock.nowMs();
      const id = found.manifest.config.digest;
      const resolution: Resolution = { id, digest: found.target.digest, atMs };
      let remembered = false;
      if ((await store.images.get(id)) !== undefined) await remember(key, resolution);
      return {
        reference: reference.digest === undefined ? `${name}@${found.target.digest}` : name,
        digest: found.target.digest,
        config: found.config,
        replica: isReplica(found),
        pull: async (pullJob, progress, vertex) => {
          const record = await fetchRecord({ found, job: pullJob, progress, vertex, names: [] });
          // each build asks: written once, while the answer is the same
          if (!remembered) await remember(key, resolution);
          remembered = true;
          return record.chainID;
        },
      };
    } catch (error) {
      const remembered = isEngineError(error, 'network') ? await rememberedImage(key, name) : undefined;
      if (remembered === undefined) throw error;
      return remembered.image;
    }
  }

  const remember = (key: string, record: Resolution): Promise<void> =>
    store.database.write([{ table: 'settings', key, record }]);

  async function rememberedImage(key: string, name: string): Promise<Answer | undefined> {
    const stored = await store.database.get('settings', key);
    if (!isResolution(stored)) return undefined;
    const record = await store.images.get(stored.id);
    if (record === undefined) return undefined;
    return { image: storedImage(`${name}@${stored.digest}`, record, stored.digest), atMs: stored.atMs ?? 0 };
  }

  const isFresh = ({ atMs }: Answer): boolean => Math.abs(clock.nowMs() - atMs) < RESOLUTION_TTL_MS;

  return {
    async resolve(name, platform, job) {
      const reference = parseReference(name);
      const local = await localImage(reference);
      if (local !== undefined) return local;
      const fullName = fullReference(reference);
      const key = resolutionKey(fullName, platform);
      const known =
        answers.get(key) ?? (reference.digest === undefined ? await rememberedImage(key, fullName) : undefined);
      if (known !== undefined && isFresh(known)) return known.image;
      const image = await remoteImage(reference, platform, job);
      answers.set(key, { image, atMs: clock.nowMs() });
      return image;
    },

    async pull(reference, platform, job, progress = SILENT) {
      const found = await resolveImage(client, reference, platform, job);
      const digestName = `${reference.domain}/${reference.path}@${found.target.digest}`;
      const names = [fullReference(reference), digestName];
      return fetchRecord({ found, job, progress, vertex: `pull ${fullReference(reference)}`, names });
    },
  };
}

const resolutionKey = (name: string, platform: Platform): string => `resolved/${formatPlatform(platform)}/${name}`;

function isResolution(value: unknown): value is Resolution {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'id') === 'string' &&
    typeof Reflect.get(value, 'digest') === 'string' &&
    ['number', 'undefined'].includes(typeof Reflect.get(value, 'atMs'))
  );
}
