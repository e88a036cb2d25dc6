/**
 * A project as the fragment of a URL: `#p=1.<base64url of deflate-raw of JSON>`. The fragment never leaves the browser, so
 * a link shares a project without a server. What comes in is from anybody: it is measured, inflated within a limit, and
 * checked field by field.
 */
import type { ContextFile } from '../../worker/api/types.ts';
import { projectPath } from '../state/project-files.ts';

/** A project as a link carries it. */
export interface SharedProject {
  readonly name: string;
  readonly files: readonly ContextFile[];
}

/** A link that cannot be opened or made; the message is for people. */
export class ShareError extends Error {
  override readonly name = 'ShareError';
}

const KEY = 'p';
const VERSION = '1';
/** Longest fragment we write: chat programs and servers cut longer addresses. */
export const MAX_FRAGMENT = 32_000;
/** Most that a link may inflate to. */
const MAX_INFLATED_BYTES = 8 * 1024 * 1024;
const MAX_FILES = 2_000;
const MAX_NAME = 200;

/** `text` and `bytes` are files; bytes travel as base64url. */
type WireKind = 'text' | 'bytes' | 'directory' | 'symlink';
type WireFile = readonly [kind: WireKind, path: string, mode: number, content: string];

/** The fragment (without `#`) for a project. Throws ShareError when it would be too long. */
export async function encodeFragment(project: SharedProject): Promise<string> {
  const files = await Promise.all(project.files.map(toWire));
  const json = new TextEncoder().encode(JSON.stringify({ name: project.name, files }));
  const packed = await pipe(json, new CompressionStream('deflate-raw'), Infinity);
  const fragment = `${KEY}=${VERSION}.${toBase64url(packed)}`;
  if (fragment.length > MAX_FRAGMENT) {
    throw new ShareError(
      `This project is too large for a link: ${fragment.length.toLocaleString('en-GB')} characters, and ` +
        `${MAX_FRAGMENT.toLocaleString('en-GB')} is the most. Remove or shorten its largest files.`,
    );
  }
  return fragment;
}

/** True when a location's hash claims to hold a project. */
export function holdsProject(hash: string): boolean {
  return hash.replace(/^#/, '').startsWith(`${KEY}=`);
}

/** The project in a location's hash. Throws ShareError that says what is wrong with it. */
export async function decodeFragment(hash: string): Promise<SharedProject> {
  const value = hash.replace(/^#/, '').slice(KEY.length + 1);
  const dot = value.indexOf('.');
  const version = value.slice(0, Math.max(dot, 0));
  if (dot < 0 || !/^\d+$/.test(version)) throw damaged('it does not begin as a Strata link does');
  if (version !== VERSION) {
    throw new ShareError(`The link was made by a newer Strata (format ${version}). Reload the page and try again.`);
  }
  if (value.length > 4 * MAX_FRAGMENT) throw new ShareError('The link is too long to be one of ours.');
  const packed = fromBase64url(value.slice(dot + 1));
  const json = await pipe(packed, new DecompressionStream('deflate-raw'), MAX_INFLATED_BYTES);
  return checked(parseJSON(json));
}

async function toWire(file: ContextFile): Promise<WireFile> {
  const { path, mode, content } = file;
  if (file.kind === 'directory') return ['directory', path, mode, ''];
  if (file.kind === 'symlink') return ['symlink', path, mode, file.target ?? ''];
  if (content === undefined || typeof content === 'string') return ['text', path, mode, content ?? ''];
  const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
  return ['bytes', path, mode, toBase64url(bytes)];
}

function checked(value: unknown): SharedProject {
  if (!isRecord(value)) throw damaged('it does not hold a project');
  const { name, files } = value;
  if (typeof name !== 'string' || name.length > MAX_NAME) throw damaged('its project has no name');
  if (!Array.isArray(files) || files.length > MAX_FILES) throw damaged('its list of files is missing or too long');
  const seen = new Set<string>();
  return {
    name: name.trim() === '' ? 'shared' : name.trim(),
    files: files.map((file: unknown) => checkedFile(file, seen)),
  };
}

function checkedFile(value: unknown, seen: Set<string>): ContextFile {
  const fields: readonly unknown[] = Array.isArray(value) ? value : [];
  const [kind, typed, mode, content] = fields;
  if (typeof typed !== 'string' || typeof mode !== 'number' || typeof content !== 'string') {
    throw damaged('one of its files cannot be read');
  }
  const verdict = projectPath(typed);
  if (!verdict.ok || seen.has(verdict.path)) throw damaged('one of its files has a path that cannot be');
  seen.add(verdict.path);
  const common = { path: verdict.path, mode: mode & 0o7777, mtimeMs: 0 };
  switch (kind) {
    case 'text':
      return { ...common, kind: 'file', content };
    case 'bytes':
      return { ...common, kind: 'file', content: fromBase64url(content) };
    case 'directory':
      return { ...common, kind: 'directory' };
    case 'symlink':
      return { ...common, kind: 'symlink', target: content };
    default:
      throw damaged('one of its files is of no known kind');
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function damaged(reason: string): ShareError {
  return new ShareError(`The link is damaged: ${reason}. It may have been cut off on its way; ask for it again.`);
}

function parseJSON(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged('what it holds cannot be read');
  }
}

async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
  limitBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of new Blob([bytes]).stream().pipeThrough(through)) {
      length += part.byteLength;
      if (length > limitBytes) break;
      parts.push(part);
    }
  } catch {
    throw damaged('what it holds cannot be unpacked');
  }
  if (length > limitBytes) throw new ShareError('The link unpacks to more than a project may hold.');
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}

function toBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (let offset = 0; offset < bytes.length; offset += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(offset, offset + 0x8000));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw damaged('it holds characters that no link has');
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw damaged('its end is missing');
  }
}
