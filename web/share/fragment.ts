/**
 * A project as the fragment of a URL: `#p=2.<base64url of deflate-raw of JSON>`. The fragment never leaves the browser, so a
 * link shares a project without a server. Format 1 held files alone; links of it still open.
 */
import { fromBase64url, toBase64url } from './base64url.ts';
import { PROJECT_KEY } from './project-hash.ts';
import { damaged, fromWire, ShareError, toWire, type SharedProject } from './shared-project.ts';

const VERSION = 2;
/** Longest fragment we write: chat programs and servers cut longer addresses. */
export const MAX_FRAGMENT = 32_000;
/** Most that a link may inflate to. */
const MAX_INFLATED_BYTES = 8 * 1024 * 1024;

/** The fragment (without `#`) for a project, of whatever length: more than {@link MAX_FRAGMENT} is for who sends it to decide. */
export async function encodeFragment(project: SharedProject): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(await toWire(project)));
  const packed = await pipe(json, new CompressionStream('deflate-raw'), Infinity);
  return `${PROJECT_KEY}=${VERSION}.${toBase64url(packed)}`;
}

/** The query of an address without its `?from=`: what it named is open by then, or was declined. */
export function withoutSource(search: string): string {
  const rest = new URLSearchParams(search);
  rest.delete('from');
  return rest.size === 0 ? '' : `?${rest.toString()}`;
}

/** The project in a location's hash. Throws ShareError that says what is wrong with it. */
export async function decodeFragment(hash: string): Promise<SharedProject> {
  const value = hash.replace(/^#/, '').slice(PROJECT_KEY.length + 1);
  const dot = value.indexOf('.');
  const version = value.slice(0, Math.max(dot, 0));
  if (dot < 0 || !/^\d+$/.test(version)) throw damaged('it does not begin as a Strata link does');
  if (Number(version) > VERSION) {
    throw new ShareError(`The link was made by a newer Strata (format ${version}). Reload the page and try again.`);
  }
  if (value.length > 4 * MAX_FRAGMENT) throw new ShareError('The link is too long to be one of ours.');
  const packed = fromBase64url(value.slice(dot + 1));
  if (packed === undefined) throw damaged('it holds characters that no link has, or its end is missing');
  const json = await pipe(packed, new DecompressionStream('deflate-raw'), MAX_INFLATED_BYTES);
  return fromWire(parseJSON(json));
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
