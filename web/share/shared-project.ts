/**
 * A project as a link or a file carries it, and its form as JSON. What comes in is from anybody: it is measured, and checked
 * field by field.
 */
import type { ContextFile, ProjectBuild } from '../../worker/api/types.ts';
import { projectPath } from '../state/project-files.ts';
import { fromBase64url, toBase64url } from './base64url.ts';

/** What is shared: the project, and how to look at it. */
export interface SharedProject {
  readonly name: string;
  readonly files: readonly ContextFile[];
  readonly build?: ProjectBuild;
  /** Panel, layers and path to show, as the fragment of an address (place.ts). */
  readonly place?: string;
  /** Lines for the terminal; they run only when asked for. */
  readonly commands?: readonly string[];
  /** ID of the image that the sharer's build made: `sha256:...`. */
  readonly imageID?: string;
}

/** A shared project that cannot be opened or made; the message is for people. */
export class ShareError extends Error {
  override readonly name = 'ShareError';
}

const MAX_FILES = 2_000;
const MAX_NAME = 200;
const MAX_COMMANDS = 100;
/** Characters of a name that change how what stands beside it reads: breaks of lines, and what turns the direction of writing. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;
/** Longest argument, line or place. */
const MAX_TEXT = 10_000;

/** `text` and `bytes` are files; bytes travel as base64url. */
type WireKind = 'text' | 'bytes' | 'directory' | 'symlink';
type WireFile = readonly [kind: WireKind, path: string, mode: number, content: string];

/** The project as plain JSON. */
export async function toWire(project: SharedProject): Promise<unknown> {
  const { name, files, build, place, commands, imageID } = project;
  return {
    name,
    files: await Promise.all(files.map(wireFile)),
    ...(build === undefined || Object.keys(build).length === 0 ? {} : { build }),
    ...(place === undefined || place === '' ? {} : { place }),
    ...(commands === undefined || commands.length === 0 ? {} : { commands }),
    ...(imageID === undefined ? {} : { image: imageID }),
  };
}

/** The project in such JSON. Throws ShareError that says what is wrong with it. */
export function fromWire(value: unknown): SharedProject {
  if (!isRecord(value)) throw damaged('it does not hold a project');
  const { name, files, build, place, commands, image } = value;
  if (typeof name !== 'string' || name.length > MAX_NAME) throw damaged('its project has no name');
  if (!Array.isArray(files) || files.length > MAX_FILES) throw damaged('its list of files is missing or too long');
  const seen = new Set<string>();
  return {
    name: name.replace(UNSEEN, ' ').trim() || 'shared',
    files: files.map((file: unknown) => checkedFile(file, seen)),
    ...(build === undefined ? {} : { build: checkedBuild(build) }),
    ...(place === undefined ? {} : { place: checkedText(place, 'place') }),
    ...(commands === undefined ? {} : { commands: checkedCommands(commands) }),
    ...(image === undefined ? {} : { imageID: checkedImageID(image) }),
  };
}

/** Says that what was shared cannot be read, and why. */
export function damaged(reason: string): ShareError {
  return new ShareError(`The link is damaged: ${reason}. It may have been cut off on its way; ask for it again.`);
}

async function wireFile(file: ContextFile): Promise<WireFile> {
  const { path, mode, content } = file;
  if (file.kind === 'directory') return ['directory', path, mode, ''];
  if (file.kind === 'symlink') return ['symlink', path, mode, file.target ?? ''];
  if (content === undefined || typeof content === 'string') return ['text', path, mode, content ?? ''];
  const bytes = content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
  return ['bytes', path, mode, toBase64url(bytes)];
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
      return { ...common, kind: 'file', content: bytesOf(content) };
    case 'directory':
      return { ...common, kind: 'directory' };
    case 'symlink':
      return { ...common, kind: 'symlink', target: content };
    default:
      throw damaged('one of its files is of no known kind');
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64url(text);
  if (bytes === undefined) throw damaged('the bytes of one of its files are incomplete');
  return bytes;
}

function checkedBuild(value: unknown): ProjectBuild {
  if (!isRecord(value)) throw damaged('it does not say how to build');
  const { target, platform, buildArgs } = value;
  if (buildArgs !== undefined && !isRecord(buildArgs)) throw damaged('its build arguments cannot be read');
  const args = Object.entries(buildArgs ?? {}).map(([name, given]): [string, string] => [
    name,
    checkedText(given, 'build argument'),
  ]);
  return {
    ...(target === undefined ? {} : { target: checkedText(target, 'target') }),
    ...(platform === undefined ? {} : { platform: checkedText(platform, 'platform') }),
    ...(args.length === 0 ? {} : { buildArgs: Object.fromEntries<string>(args) }),
  };
}

function checkedCommands(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length > MAX_COMMANDS) throw damaged('its commands cannot be read');
  return value.map((line: unknown) => checkedText(line, 'command'));
}

function checkedImageID(value: unknown): string {
  if (typeof value !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(value)) throw damaged('its digest cannot be read');
  return value;
}

function checkedText(value: unknown, what: string): string {
  if (typeof value !== 'string' || value.length > MAX_TEXT || value.includes('\0')) {
    throw damaged(`its ${what} cannot be read`);
  }
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
