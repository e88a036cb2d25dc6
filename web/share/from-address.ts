/** A project at an address of the web (`?from=`): a project file, a zip, a gist, or a Dockerfile alone. */
import type { ContextFile } from '../../worker/api/types.ts';
import { DOCKERFILE, FILE_MODE, projectPath } from '../state/project-files.ts';
import { filesOfZip } from './project-zip.ts';
import { fromWire, ShareError, type SharedProject } from './shared-project.ts';

const MAX_FETCHED_BYTES = 64 << 20;
const ZIP_SIGNATURE = 'PK\u0003\u0004';
const GIST_PAGE = /^https:\/\/gist\.github\.com\/(?:[\w-]+\/)?([0-9a-f]{20,})\/?$/;
const BLOB_PAGE = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/blob\/(.+)$/;

/** The address after `?from=`; undefined where there is none. Throws ShareError for one that cannot be fetched. */
export function sourceOf(search: string): URL | undefined {
  const given = new URLSearchParams(search).get('from');
  if (given === null) return undefined;
  const url = URL.parse(given);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') {
    throw new ShareError(`“${given.slice(0, 100)}” is not an address that a project can be fetched from.`);
  }
  return url;
}

/** Where the text itself is, for pages that people copy addresses of. */
export function rawAddress(url: URL): URL {
  const gist = GIST_PAGE.exec(url.href);
  if (gist !== null) return new URL(`https://api.github.com/gists/${gist[1]}`);
  const blob = BLOB_PAGE.exec(url.href);
  return blob === null ? url : new URL(`https://raw.githubusercontent.com/${blob[1]}/${blob[2]}`);
}

/** Fetches it. Throws ShareError that says what to do, and the signal's reason once it is aborted. */
export async function fetchProject(url: URL, signal: AbortSignal): Promise<SharedProject> {
  const address = rawAddress(url);
  const response = await answerOf(address, signal);
  return projectIn(await bytesOf(response, address.host), nameOf(url));
}

async function answerOf(address: URL, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', signal });
  } catch {
    signal.throwIfAborted();
    throw new ShareError(
      `${address.host} cannot be read from here: it does not answer, or does not let other pages read it ` +
        '(Access-Control-Allow-Origin). Download the file, then open it with “Import”.',
    );
  }
  if (response.ok) return response;
  throw new ShareError(`${address.host} answers ${response.status} for this address. Is it still there, and public?`);
}

/** Reads no more than a project may be, whatever is sent. */
async function bytesOf(response: Response, host: string): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.byteLength;
    if (length > MAX_FETCHED_BYTES) throw new ShareError(`What ${host} sends is larger than a project may be.`);
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** What the bytes hold, whatever it is. */
export async function projectIn(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<SharedProject> {
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 4)) === ZIP_SIGNATURE) {
    return { name, files: await filesOfZip(new Blob([bytes])) };
  }
  const text = textOf(bytes);
  if (text.trim() === '') throw new ShareError('This is empty: no project, zip file or Dockerfile.');
  if (/^\s*<(?:!doctype|html)\b/i.test(text)) {
    throw new ShareError('This is a web page. Give the address of the file itself: “Raw” on most sites.');
  }
  const json = jsonOf(text);
  if (json === undefined) return { name, files: [textFile(DOCKERFILE, text)] };
  return isGist(json) ? { name, files: filesOfGist(json.files) } : fromWire(json);
}

function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // told below
  }
  throw new ShareError('This is neither a project, nor a zip file, nor a Dockerfile.');
}

function jsonOf(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isGist(value: unknown): value is { files: object } {
  if (typeof value !== 'object' || value === null || !('files' in value)) return false;
  return typeof value.files === 'object' && value.files !== null && !Array.isArray(value.files);
}

/** Gists have no folders. */
function filesOfGist(files: object): readonly ContextFile[] {
  return Object.entries(files).map(([name, file]: [string, unknown]) => {
    const verdict = projectPath(name);
    const given = typeof file === 'object' && file !== null ? file : {};
    const content = 'content' in given ? given.content : undefined;
    if ('truncated' in given && given.truncated === true) {
      throw new ShareError(
        `The gist’s file “${name}” is too large to come whole. Download the gist, then open it with “Import”.`,
      );
    }
    if (!verdict.ok || typeof content !== 'string') throw new ShareError(`The gist’s file “${name}” cannot be read.`);
    return textFile(verdict.path, content);
  });
}

const textFile = (path: string, content: string): ContextFile => ({
  path,
  kind: 'file',
  content,
  mode: FILE_MODE,
  mtimeMs: 0,
});

/** An address may hold a `%` that begins no escape. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').filter(Boolean).at(-1) ?? '';
  const stem = decoded(last).replace(/\.(?:zip|json|strata\.json)$/, '');
  return stem === '' || stem === DOCKERFILE ? url.host : stem.slice(0, 100);
}
