/**
 * What a container did to its writable layer, as few entries as tell it: a copy-up and the writes that follow it are one
 * thing to a person, and so are the hundred small writes of a program that prints into a file.
 */
import type { CopyOnWriteEvent } from '../../worker/api/types.ts';

/** One thing that happened to one path. */
export interface WriteEntry {
  /** Grows by one with each entry of a container. */
  readonly id: number;
  readonly kind: CopyOnWriteEvent['kind'];
  readonly path: string;
  /** The lower layer concerned. */
  readonly layer?: number;
  readonly reason?: string;
  /** Bytes that were copied out of a lower layer. */
  readonly copiedBytes: number;
  /** Bytes that were written. */
  readonly changedBytes: number;
  /** What the file has now. */
  readonly sizeBytes: number;
  /** When it began, in milliseconds since 1970. */
  readonly timeMs: number;
}

export interface WriteLog {
  readonly entries: readonly WriteEntry[];
  /** Entries that were let go of at the beginning. */
  readonly dropped: number;
  readonly totals: WriteTotals;
}

/** Sums over everything that happened, entries that were let go of included. */
export interface WriteTotals {
  readonly copiedBytes: number;
  readonly changedBytes: number;
}

export const NO_WRITES: WriteLog = { entries: [], dropped: 0, totals: { copiedBytes: 0, changedBytes: 0 } };

/** The latest entry's ID; 0 where there is none. */
export const lastID = ({ dropped, entries }: WriteLog): number => dropped + entries.length;

/** Most entries that are kept of a container; the writable layer itself is always told whole. */
const MAX_ENTRIES = 500;

/** The log after some more events, in the order they happened. */
export function appendWrites(log: WriteLog, events: readonly CopyOnWriteEvent[]): WriteLog {
  const entries = [...log.entries];
  const first = log.dropped + 1;
  const latest = new Map(entries.map((entry, place) => [entry.path, place]));
  let { copiedBytes, changedBytes } = log.totals;
  for (const event of events) {
    const entry = entryOf(event, first + entries.length);
    copiedBytes += entry.copiedBytes;
    changedBytes += entry.changedBytes;
    const place = latest.get(event.path);
    const before = place === undefined ? undefined : entries[place];
    if (place !== undefined && before !== undefined && isOneThing(before, entry))
      entries[place] = merged(before, entry);
    else latest.set(event.path, entries.push(entry) - 1);
  }
  const over = Math.max(0, entries.length - MAX_ENTRIES);
  return { entries: entries.slice(over), dropped: log.dropped + over, totals: { copiedBytes, changedBytes } };
}

function entryOf(event: CopyOnWriteEvent, id: number): WriteEntry {
  const { kind, path, layer, reason, bytes } = event;
  return {
    id,
    kind,
    path,
    ...(layer === undefined ? {} : { layer }),
    ...(reason === undefined ? {} : { reason }),
    copiedBytes: kind === 'copy-up' ? bytes : 0,
    changedBytes: kind === 'write' ? (event.changedBytes ?? bytes) : kind === 'create' ? bytes : 0,
    sizeBytes: kind === 'write' || kind === 'create' || kind === 'copy-up' ? bytes : 0,
    timeMs: event.timeMs,
  };
}

/** A write continues what brought the file to the writable layer, or the writes before it. */
function isOneThing(before: WriteEntry, { kind }: WriteEntry): boolean {
  return kind === 'write' && (before.kind === 'copy-up' || before.kind === 'create' || before.kind === 'write');
}

function merged(before: WriteEntry, write: WriteEntry): WriteEntry {
  return { ...before, changedBytes: before.changedBytes + write.changedBytes, sizeBytes: write.sizeBytes };
}

/** The sums of several logs. */
export function sumOfTotals(logs: readonly WriteLog[]): WriteTotals {
  return {
    copiedBytes: logs.reduce((sum, { totals }) => sum + totals.copiedBytes, 0),
    changedBytes: logs.reduce((sum, { totals }) => sum + totals.changedBytes, 0),
  };
}

/** True for a directory that came up with what changed in it: the names in it stay where they are. */
export function isBareDirectory({ kind, copiedBytes, changedBytes, reason }: WriteEntry): boolean {
  return kind === 'copy-up' && reason === 'metadata' && copiedBytes === 0 && changedBytes === 0;
}
