/** `DELETE /images/NAME`: taking names away, and images with them when nothing else holds them. */
import { EngineError } from '../../../base/errors.ts';
import { shortID, type ChainID } from '../../../oci/digest.ts';
import { familiarReference, formatReference, fullReference, parseReference } from '../../../oci/reference.ts';
import type { ContainerRecord } from '../../../store/containers.ts';
import type { ImageID, ImageRecord } from '../../../store/images.ts';
import type { Store } from '../../../store/index.ts';
import type { EventLog } from '../event-log.ts';
import type { ImageRemoval } from '../image-types.ts';
import { findImage, isPrefixOfID } from './find.ts';
import { isDigestReference, referencesOf, type StoredReference } from './references.ts';

interface RemoveOptions {
  readonly force: boolean;
  /** Also remove parents that are left without name and child. */
  readonly pruneParents: boolean;
}

/** Why an image cannot go. */
interface Obstacle {
  /** It cannot be forced either. */
  readonly hard: boolean;
  /** A container uses it. */
  readonly used: boolean;
  readonly reason: string;
}

/** Removes a name, or an image by its ID. Throws `not-found`, `conflict`. */
export async function removeImage(
  store: Store,
  events: EventLog,
  name: string,
  options: RemoveOptions,
): Promise<readonly ImageRemoval[]> {
  const record = await findImage(store, name);
  const removal = new Removal(store, events);
  if (isPrefixOfID(record.id, name)) await removal.byID(record, options);
  else await removal.byName(record, name, options);
  return removal.rows;
}

class Removal {
  readonly rows: ImageRemoval[] = [];
  readonly #store: Store;
  readonly #events: EventLog;

  constructor(store: Store, events: EventLog) {
    this.#store = store;
    this.#events = events;
  }

  async byName(record: ImageRecord, name: string, options: RemoveOptions): Promise<void> {
    const { id } = record;
    if (!options.force && isSingleReference(await referencesOf(this.#store, id))) {
      const container = (await this.#containersOf(id))[0];
      if (container !== undefined) {
        throw new EngineError(
          'conflict',
          `conflict: unable to remove repository reference "${name}" (must force) - container ${container.id.slice(0, 12)} is using its referenced image ${shortID(id)}`,
        );
      }
    }
    const reference = parseReference(name);
    await this.#untag(id, { name: fullReference(reference), reference: parseReference(fullReference(reference)) });
    if (reference.digest === undefined) await this.#untagLastDigests(id, `${reference.domain}/${reference.path}`);
    if ((await referencesOf(this.#store, id)).length > 0) return;
    await this.#delete(record, options, true);
  }

  async byID(record: ImageRecord, options: RemoveOptions): Promise<void> {
    const references = await referencesOf(this.#store, record.id);
    if (isSingleReference(references)) {
      const obstacle = await this.#obstacle(record.id, { soft: !options.force, references: false });
      if (obstacle !== undefined) throw conflict(record.id, obstacle);
      for (const reference of references) await this.#untag(record.id, reference);
    }
    await this.#delete(record, options, false);
  }

  /** When a repository has no tag left, its digests name nothing a person gave. */
  async #untagLastDigests(id: ImageID, repository: string): Promise<void> {
    const same = (await referencesOf(this.#store, id)).filter(
      ({ reference }) => `${reference.domain}/${reference.path}` === repository,
    );
    if (!same.every(isDigestReference)) return;
    for (const reference of same) await this.#untag(id, reference);
  }

  async #untag(id: ImageID, { name, reference }: StoredReference): Promise<void> {
    await this.#store.images.untag(name);
    const shown = familiarReference(reference);
    this.#events.add('image', 'untag', id, { name: id });
    this.rows.push({ Untagged: shown });
  }

  /** Removes the image itself. Where names were taken before, an obstacle is no failure: it only loses its name. */
  async #delete(record: ImageRecord, { force, pruneParents }: RemoveOptions, quiet: boolean): Promise<void> {
    const { id, parent } = record;
    const obstacle = await this.#obstacle(id, { soft: !force, references: true });
    if (obstacle !== undefined) {
      if (quiet && (obstacle.used || !(await this.#isDangling(id)))) return;
      throw conflict(id, obstacle);
    }
    for (const reference of await referencesOf(this.#store, id)) await this.#untag(id, reference);
    const released = await this.#layersOfItsOwn(record);
    await this.#store.images.remove(id);
    this.#events.add('image', 'delete', id, { name: id });
    this.rows.push({ Deleted: id }, ...released.map((chainID) => ({ Deleted: chainID })));
    const parentRecord = parent === undefined ? undefined : await this.#store.images.get(parent);
    if (pruneParents && parentRecord !== undefined) {
      await this.#delete(parentRecord, { force: false, pruneParents }, true);
    }
  }

  async #obstacle(id: ImageID, check: { soft: boolean; references: boolean }): Promise<Obstacle | undefined> {
    if (await this.#hasChildren(id)) return { hard: true, used: false, reason: 'image has dependent child images' };
    const containers = await this.#containersOf(id);
    const shown = ({ id: container }: ContainerRecord): string => container.slice(0, 12);
    const running = containers.find(({ state }) => state === 'running' || state === 'paused');
    if (running !== undefined) {
      return { hard: true, used: true, reason: `image is being used by running container ${shown(running)}` };
    }
    if (!check.soft) return undefined;
    if (check.references && (await referencesOf(this.#store, id)).length > 0) {
      return { hard: false, used: false, reason: 'image is referenced in multiple repositories' };
    }
    const [stopped] = containers;
    if (stopped === undefined) return undefined;
    return { hard: false, used: true, reason: `image is being used by stopped container ${shown(stopped)}` };
  }

  async #containersOf(id: ImageID): Promise<readonly ContainerRecord[]> {
    return (await this.#store.containers.list()).filter(({ imageID }) => imageID === id);
  }

  async #hasChildren(id: ImageID): Promise<boolean> {
    return (await this.#store.images.list()).some(({ parent }) => parent === id);
  }

  async #isDangling(id: ImageID): Promise<boolean> {
    return (await referencesOf(this.#store, id)).length === 0 && !(await this.#hasChildren(id));
  }

  /** Chains that only this image holds, the top first: they go with it. */
  async #layersOfItsOwn(record: ImageRecord): Promise<readonly ChainID[]> {
    const [images, containers, cache] = await Promise.all([
      this.#store.images.list(),
      this.#store.containers.list(),
      this.#store.buildCache.list(),
    ]);
    const tops = [
      ...images.filter(({ id }) => id !== record.id).map(({ chainID }) => chainID),
      ...containers.map(({ chainID }) => chainID),
      ...cache.map(({ result }) => result),
    ];
    const held = new Set<string>();
    for (const top of new Set(tops)) for (const chain of await this.#chains(top)) held.add(chain);
    return (await this.#chains(record.chainID)).filter((chain) => !held.has(chain));
  }

  /** A chain and those below it, the top first. */
  async #chains(top: ChainID | undefined): Promise<readonly ChainID[]> {
    const chains: ChainID[] = [];
    for (let chain = top; chain !== undefined; chain = (await this.#store.snapshots.snapshot(chain))?.parent) {
      chains.push(chain);
    }
    return chains;
  }
}

/** At most one tag, and digests of the same repository alone. */
function isSingleReference(references: readonly StoredReference[]): boolean {
  if (references.length <= 1) return true;
  const tags = references.filter((each) => !isDigestReference(each));
  const repositories = new Set(
    references.map(({ reference }) => formatReference({ domain: reference.domain, path: reference.path })),
  );
  return tags.length <= 1 && repositories.size === 1;
}

function conflict(id: ImageID, { hard, reason }: Obstacle): EngineError {
  const force = hard ? 'cannot be forced' : 'must be forced';
  return new EngineError('conflict', `conflict: unable to delete ${shortID(id)} (${force}) - ${reason}`);
}
