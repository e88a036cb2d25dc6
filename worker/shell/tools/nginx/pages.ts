/** Pages that nginx makes itself: those of refusals, and listings of directories. */
import { reasonOf } from '../../http/head.ts';
import { escapeHtml } from '../../http/request-path.ts';
import type { Entry } from '../../kernel/namespace.ts';
import { inodeSize } from '../../../vfs/inode.ts';

const END = '\r\n';
const NAME_COLUMNS = 50;
const SIZE_COLUMNS = 19;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function errorPage(status: number, server: string): string {
  const title = `${status} ${TITLES[status] ?? reasonOf(status)}`;
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    `<hr><center>${server}</center>`,
    '</body>',
    '</html>',
    '',
  ];
  return lines.join(END);
}

/** Where nginx's words differ from the standard's. */
const TITLES: Readonly<Record<number, string>> = {
  302: 'Found',
  405: 'Not Allowed',
  503: 'Service Temporarily Unavailable',
};

/** A directory's listing (`autoindex on`). */
export function directoryListing(uri: string, entries: readonly Entry[]): string {
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  const ordered = [...shown].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  const rows = ordered.map(({ name, inode }) => {
    const isDirectory = inode.kind === 'directory';
    const label = isDirectory ? `${name}/` : name;
    const cut = label.length > NAME_COLUMNS ? `${label.slice(0, NAME_COLUMNS - 3)}..&gt;` : escapeHtml(label);
    const pad = ' '.repeat(Math.max(1, NAME_COLUMNS + 1 - label.length));
    const size = isDirectory ? '-' : String(inodeSize(inode));
    return `<a href="${encodeURIComponent(name)}${isDirectory ? '/' : ''}">${cut}</a>${pad}${listingTime(inode.mtimeMs)} ${size.padStart(SIZE_COLUMNS)}${END}`;
  });
  const title = `Index of ${escapeHtml(uri)}`;
  return `<html>${END}<head><title>${title}</title></head>${END}<body>${END}<h1>${title}</h1><hr><pre><a href="../">../</a>${END}${rows.join('')}</pre><hr></body>${END}</html>${END}`;
}

function rank({ inode }: Entry): number {
  return inode.kind === 'directory' ? 0 : 1;
}

function listingTime(ms: number): string {
  const [, year = '', month = '', day = '', time = ''] =
    /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(new Date(ms).toISOString()) ?? [];
  return `${day}-${MONTHS[Number(month) - 1] ?? ''}-${year} ${time}`;
}
