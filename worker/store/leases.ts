/**
 * Leases: what a running job uses is safe from gc. A lease names resources (`content/DIGEST`, `layers/DIGEST`,
 * `snapshots/DIGEST`); it expires by itself unless renewed, so that a closed tab protects nothing for long.
 */
import { hex } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import type { Clock, Random } from '../base/ports.ts';
import type { Database } from './database.ts';
import { againstGc } from './locks.ts';
import { checkRecord, isAmount, isText, listOf, type Shape } from './record.ts';

export interface LeaseRecord {
  readonly id: string;
  readonly createdMs: number;
  readonly expiresMs: number;
  /** `table/key` of what is protected. */
  readonly resources: readonly string[];
}

export type LeasedResource = `${'content' | 'layers' | 'snapshots' | 'images'}/${string}`;

export interface Lease {
  readonly id: string;
  /**
   * Protects more resources, with all they refer to (a layer: the snapshots it is the top of too). Add first, then look
   * whether they are there, then use or write them: once `add` resolves gc cannot take them. Throws `internal` after `release`.
   */
  add(...resources: readonly LeasedResource[]): Promise<void>;
  /** Ends the protection. What should stay must be referred to by now. Doing it twice is harmless. */
  release(): Promise<void>;
}

export interface LeaseManager {
  /** A new lease, renewed while it is held. It is stored with the first resource. */
  create(): Lease;
  /** Every resource that an unexpired lease protects. */
  protectedResources(): Promise<ReadonlySet<string>>;
}

/** How long a lease protects after it was last renewed: a job of a closed tab, or of a frozen one, holds nothing longer. */
export const LEASE_MS = 60_000;
/** Often enough to miss a renewal or two, as when the browser throttles the timers of a tab in the background. */
const RENEW_MS = 20_000;

const SHAPE: Shape<LeaseRecord> = { id: isText, createdMs: isAmount, expiresMs: isAmount, resources: listOf(isText) };

/** The leases of a database. */
export function createLeaseManager(database: Database, clock: Clock, random: Random): LeaseManager {
  return {
    create() {
      const lease = newLease(database, clock, hex(random.bytes(16)));
      void lease.keepAlive();
      return lease;
    },
    async protectedResources() {
      const leases = (await listLeases(database)).filter((lease) => lease.expiresMs > clock.nowMs());
      return new Set(leases.flatMap((lease) => lease.resources));
    },
  };
}

/** All leases, expired ones too. */
export async function listLeases(database: Database): Promise<readonly LeaseRecord[]> {
  const entries = await database.entries('leases');
  return entries.map(([key, record]) => checkRecord('leases', key, record, SHAPE));
}

interface HeldLease extends Lease {
  keepAlive(): Promise<void>;
}

function newLease(database: Database, clock: Clock, id: string): HeldLease {
  const createdMs = clock.nowMs();
  const resources = new Set<LeasedResource>();
  const released = new AbortController();

  // One write after another: a later state must not be overwritten by an earlier one, nor a release by a renewal.
  let last: Promise<void> = Promise.resolve();
  function inOrder(work: () => Promise<void>): Promise<void> {
    last = last.then(work, work);
    return last;
  }

  const write = async (): Promise<void> => {
    if (released.signal.aborted || resources.size === 0) return;
    const record: LeaseRecord = { id, createdMs, expiresMs: clock.nowMs() + LEASE_MS, resources: [...resources] };
    await database.write([{ table: 'leases', key: id, record }]);
  };
  const renewalDue = (): Promise<boolean> =>
    clock.sleep(RENEW_MS, released.signal).then(
      () => true,
      () => false,
    );

  return {
    id,
    async add(...more) {
      if (released.signal.aborted) throw new EngineError('internal', `lease ${id} was released`, { data: { id } });
      const added = more.filter((resource) => !resources.has(resource));
      if (added.length === 0) return last;
      for (const resource of added) resources.add(resource);
      // Under the lock: a running gc may have read the leases already, so the protection counts from when it is done.
      await inOrder(() =>
        againstGc(database, async () => {
          for (const resource of added) for (const part of await partsOf(database, resource)) resources.add(part);
          await write();
        }),
      );
    },
    release() {
      if (released.signal.aborted) return last;
      released.abort();
      return inOrder(() =>
        againstGc(database, () => database.write([{ table: 'leases', key: id, record: undefined }])),
      );
    },
    async keepAlive() {
      while (await renewalDue()) {
        // What fails now is tried again at the next round; the lease lapses only when none succeeds.
        await inOrder(write).catch(() => undefined);
      }
    },
  };
}

/** What an image is made of: its record may be removed while the lease lasts, and then nobody else could tell. */
async function partsOf(database: Database, resource: LeasedResource): Promise<readonly LeasedResource[]> {
  if (!resource.startsWith('images/')) return [];
  const image = await database.get('images', resource.slice('images/'.length));
  return [
    ...(image?.chainID === undefined ? [] : [`snapshots/${image.chainID}` as const]),
    ...(image?.manifestDigest === undefined ? [] : [`content/${image.manifestDigest}` as const]),
  ];
}
