/** The volumes of this engine: what is stored of each, and the file system of those that are in use. */
import { hex } from '../../../base/bytes.ts';
import { EngineError } from '../../../base/errors.ts';
import { childPath, ROOT, type AbsolutePath } from '../../../base/path.ts';
import type { Clock, Random } from '../../../base/ports.ts';
import { restoreUpper } from '../../../layer/restore-upper.ts';
import type { Store } from '../../../store/index.ts';
import type { VolumeRecord } from '../../../store/volumes.ts';
import { EMPTY_TREE } from '../../../vfs/merge.ts';
import { createUnionView } from '../../../vfs/union-view.ts';
import type { UnionView } from '../../../vfs/view.ts';
import { walkView } from '../../../vfs/walk.ts';
import type { EventLog } from '../event-log.ts';
import { SavedView } from '../saved-view.ts';

/** The directory of a volume's file system that containers see, as it is on a host's disk. */
export const VOLUME_DATA: AbsolutePath = childPath(ROOT, '_data');

const NAME_RULE = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

export interface NewVolume {
  /** A random name where absent. */
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly options?: Readonly<Record<string, string>> | null;
}

export class VolumeSet {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #events: EventLog;
  readonly #open = new Map<string, Promise<SavedView>>();

  constructor(parts: { readonly store: Store; readonly clock: Clock; readonly random: Random }, events: EventLog) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#random = parts.random;
    this.#events = events;
  }

  get(name: string): Promise<VolumeRecord | undefined> {
    return this.#store.volumes.get(name);
  }

  /** Throws `not-found` as the daemon words it. */
  async find(name: string): Promise<VolumeRecord> {
    const record = await this.get(name);
    if (record === undefined) throw new EngineError('not-found', `get ${name}: no such volume`, { data: { name } });
    return record;
  }

  list(): Promise<readonly VolumeRecord[]> {
    return this.#store.volumes.list();
  }

  /** The volume of this name, made where there is none. Throws `invalid-argument` for a name that is none. */
  async create({ name, labels = null, options = null }: NewVolume): Promise<VolumeRecord> {
    if (name !== undefined) assertVolumeName(name);
    const there = name === undefined ? undefined : await this.get(name);
    if (there !== undefined) return there;
    const record: VolumeRecord = {
      name: name ?? hex(this.#random.bytes(32)),
      createdMs: this.#clock.nowMs(),
      labels,
      options,
      anonymous: name === undefined,
    };
    await this.#store.volumes.put(record);
    this.#events.add('volume', 'create', record.name, { driver: 'local' });
    return record;
  }

  async remove(name: string): Promise<void> {
    const saved = this.#open.get(name);
    this.#open.delete(name);
    (await saved)?.drop();
    await this.#store.volumes.remove(name);
    this.#events.add('volume', 'destroy', name, { driver: 'local' });
  }

  /** Its file system; all who use it share one. What they see lies in {@link VOLUME_DATA}. */
  open(name: string): Promise<SavedView> {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const opening = this.#openNow(name);
    this.#open.set(name, opening);
    opening.catch(() => this.#open.delete(name));
    return opening;
  }

  /** Saves what was written to volumes of these names. */
  async save(names: readonly string[]): Promise<void> {
    for (const name of names) await (await this.#open.get(name))?.save();
  }

  /** Logical bytes of what it holds. */
  async sizeBytes(name: string): Promise<number> {
    const { view } = await this.open(name);
    let sum = 0;
    for (const { inode } of walkView(view, VOLUME_DATA)) if (inode.kind === 'file') sum += inode.body.sizeBytes;
    return sum;
  }

  async #openNow(name: string): Promise<SavedView> {
    const record = await this.find(name);
    const view = createUnionView(EMPTY_TREE, { now: () => this.#clock.nowMs() });
    if (record.content === undefined) view.mkdir(VOLUME_DATA, { mode: 0o755, uid: 0, gid: 0 });
    else restoreUpper(view, await this.#store.snapshots.layer(record.content));
    return new SavedView(view, this.#store, this.#clock, async (content) => {
      const current = await this.get(name);
      if (current !== undefined) await this.#store.volumes.put({ ...current, content });
    });
  }
}

/** Throws `invalid-argument` as the local driver words it. */
export function assertVolumeName(name: string): void {
  if (NAME_RULE.test(name)) return;
  if (name.length === 1) {
    throw new EngineError(
      'invalid-argument',
      `create ${name}: volume name is too short, names should be at least two alphanumeric characters`,
    );
  }
  throw new EngineError(
    'invalid-argument',
    `create ${name}: ${JSON.stringify(name)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
  );
}

/** True when a volume holds nothing yet. */
export function isEmptyVolume(view: UnionView): boolean {
  return view.list(VOLUME_DATA).length === 0;
}
