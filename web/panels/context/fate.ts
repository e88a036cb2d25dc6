/** The build context seen through and through: for a path whether it is sent, what decided, and which instructions read it. */
import { readersText, type Reader } from './readers.ts';
import { steersBuild, type IgnoreVerdict } from './tree-rows.ts';

/** What becomes of a file in a build. */
export interface FileFate {
  readonly kind: 'left-out' | 'read' | 'unread' | 'steers' | 'unknown';
  /** Line of .dockerignore that left it out; absent where it is left out with what it lies in. */
  readonly ignoreLine?: number;
  readonly readers: readonly Reader[];
}

/** The fate in words. */
export function fateText({ kind, ignoreLine, readers }: FileFate): string {
  switch (kind) {
    case 'left-out':
      return `stays out of the build${ignoreLine === undefined ? '' : `, by line ${ignoreLine} of .dockerignore`}`;
    case 'read':
      return `read by ${readersText(readers)}`;
    case 'unread':
      return 'sent, and read by no instruction';
    case 'steers':
    case 'unknown':
      return '';
  }
}

/** `sent` are the files that a build sends. */
export function fateOf(
  path: string,
  verdict: IgnoreVerdict | undefined,
  readers: readonly Reader[],
  sent: ReadonlySet<string>,
): FileFate {
  if (verdict?.ignored === true) {
    return { kind: 'left-out', readers: [], ...(verdict.line === undefined ? {} : { ignoreLine: verdict.line }) };
  }
  if (readers.length > 0) return { kind: 'read', readers };
  if (steersBuild(path.slice(path.lastIndexOf('/') + 1))) return { kind: 'steers', readers };
  return { kind: sent.has(path) ? 'unread' : 'unknown', readers };
}
