/** Copy-on-write in words: what a write cost, and what it hides. */
import { isBareDirectory, type WriteEntry, type WriteLog } from '../../state/write-log.ts';
import { formatAmount, formatBytes } from '../../ui/format.ts';

/** `copied up /etc/motd from alpine: 42 B copied to change 5 B`. `titles` names the layers, 0 lowest. */
export function eventWords(entry: WriteEntry, titles: readonly string[]): string {
  const { path, changedBytes, sizeBytes } = entry;
  const lower = entry.layer === undefined ? undefined : titles[entry.layer];
  switch (entry.kind) {
    case 'copy-up':
      return `copied up ${path}${lower === undefined ? '' : ` from ${lower}`}: ${copyWords(entry)}`;
    case 'create':
      return `new ${path}${sizeBytes === 0 ? '' : `, ${formatBytes(sizeBytes)}`}`;
    case 'write':
      return sizeBytes === 0 ? `emptied ${path}` : `wrote ${formatBytes(changedBytes)} to ${path}`;
    case 'whiteout':
      return `whiteout over ${path}${lower === undefined ? '' : `, which ${lower} still holds`}`;
    case 'opaque':
      return `${path} is opaque now: nothing below shows in it`;
    case 'remove':
      return `removed ${path}, which only the writable layer had`;
  }
}

/** That a change of something else than the content copies the whole file is what one would not expect. */
function copyWords(entry: WriteEntry): string {
  const { copiedBytes, changedBytes, reason } = entry;
  const changed = changedBytes === 0 ? '' : `, then ${formatBytes(changedBytes)} written`;
  if (reason === 'truncate') return `emptied, so nothing copied${changed}`;
  if (isBareDirectory(entry)) return 'name and attributes only';
  const copied = `${formatBytes(copiedBytes)} copied`;
  if (reason === 'metadata') return `${copied} for its metadata alone${changed}`;
  if (reason === 'link') return `${copied} for one more link to it${changed}`;
  if (reason === 'rename') return `${copied} for another name${changed}`;
  return changedBytes === 0 ? copied : `${copied} to change ${formatBytes(changedBytes)}`;
}

/** `1 copied up, 2 whiteouts`: what happened in a writable layer, counted by paths. */
export function eventCounts({ entries }: WriteLog): string {
  const count = (kind: WriteEntry['kind']): number =>
    new Set(entries.filter((entry) => entry.kind === kind && !isBareDirectory(entry)).map(({ path }) => path)).size;
  const [copied, created, whiteouts] = [count('copy-up'), count('create'), count('whiteout')];
  return [
    copied > 0 ? `${copied} copied up` : '',
    created > 0 ? `${created} new` : '',
    whiteouts > 0 ? formatAmount(whiteouts, 'whiteout') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** What the writes cost, in one sentence; empty where nothing was written. */
export function costWords({ totals, entries }: Pick<WriteLog, 'totals' | 'entries'>): string {
  const { copiedBytes, changedBytes } = totals;
  if (copiedBytes > 0) {
    if (changedBytes === 0) return `Copied ${formatBytes(copiedBytes)} up, and changed no byte of it.`;
    return `Copied ${formatBytes(copiedBytes)} up, wrote ${formatBytes(changedBytes)}.`;
  }
  if (changedBytes > 0) return `Wrote ${formatBytes(changedBytes)}, nothing had to be copied up.`;
  return entries.some(({ kind }) => kind === 'whiteout')
    ? 'Only hid files: the image below is as large as before.'
    : '';
}

/** What is said aloud of entries that came together: the last one whole, the others counted. */
export function spokenWords(entries: readonly WriteEntry[], titles: readonly string[]): string {
  const told = entries.filter((entry) => !isBareDirectory(entry));
  const last = told.at(-1);
  if (last === undefined) return '';
  const more = told.length - 1;
  return `${eventWords(last, titles)}${more === 0 ? '' : `, and ${formatAmount(more, 'write')} before it`}`;
}
