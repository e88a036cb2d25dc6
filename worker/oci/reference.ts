/** Image references (distribution/reference): `[domain/]path[:tag][@digest]`, as Docker reads and shows them. */
import { EngineError } from '../base/errors.ts';
import { sha256Digest, type Digest } from './digest.ts';
import { IDENTIFIER_RULE, NAME_RULE, REFERENCE_RULE } from './reference-grammar.ts';

/** A parsed name. Normalised (by {@link parseReference}), `busybox` is `docker.io/library/busybox`. */
export interface Reference {
  /** Registry host with port, e.g. `docker.io`, `localhost:5000`. Empty only in names that were not normalised. */
  readonly domain: string;
  /** Repository path, e.g. `library/busybox`. */
  readonly path: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

/** The registry of names that name none. */
export const DEFAULT_DOMAIN = 'docker.io';
const LEGACY_DEFAULT_DOMAIN = 'index.docker.io';
const OFFICIAL_PREFIX = 'library/';
const DEFAULT_TAG = 'latest';
/** Longest path, in characters (distribution/reference, RepositoryNameTotalLengthMax). */
const MAX_PATH_LENGTH = 255;

function invalid(message: string, reference: string): EngineError {
  return new EngineError('invalid-reference', message, { data: { reference } });
}

/** Reads a reference with nothing filled in. Throws `invalid-reference` or `invalid-digest`, worded as Docker words them. */
export function parseStrictReference(text: string): Reference {
  const match = REFERENCE_RULE.exec(text);
  if (match === null) {
    if (text === '') throw invalid('repository name must have at least one component', text);
    if (REFERENCE_RULE.test(text.toLowerCase())) throw invalid('repository name must be lowercase', text);
    throw invalid('invalid reference format', text);
  }
  const [, domain = '', path = '', tag, digest] = match;
  checkLength(path, text);
  return {
    domain,
    path,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest: sha256Only(digest) }),
  };
}

/** Registries of today serve sha256 alone; another algorithm cannot be verified everywhere Strata runs. */
function sha256Only(text: string): Digest {
  const [algorithm, encoded = ''] = text.split(':');
  if (algorithm !== 'sha256')
    throw new EngineError('invalid-digest', 'unsupported digest algorithm', { data: { digest: text } });
  if (encoded.length !== 64)
    throw new EngineError('invalid-digest', 'invalid checksum digest length', { data: { digest: text } });
  return sha256Digest(encoded);
}

function checkLength(path: string, text: string): void {
  if (path.length > MAX_PATH_LENGTH) {
    throw invalid(`repository name must not be more than ${MAX_PATH_LENGTH} characters`, text);
  }
}

/** Reads a bare name, without tag or digest. Throws `invalid-reference`. */
export function parseStrictName(text: string): Reference {
  const match = NAME_RULE.exec(text);
  if (match === null) throw invalid('invalid reference format', text);
  const [, domain = '', path = ''] = match;
  checkLength(path, text);
  return { domain, path };
}

/**
 * Reads a name as a person types it and fills in what Docker does: the registry `docker.io` and, there, the folder `library`.
 * No tag is added. Throws `invalid-reference` or `invalid-digest`.
 */
export function parseReference(text: string): Reference {
  if (IDENTIFIER_RULE.test(text)) {
    throw invalid(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`, text);
  }
  const { domain, remainder } = splitDomain(text);
  const name = /^[^:@]*/.exec(remainder)?.[0] ?? '';
  if (name !== name.toLowerCase()) {
    throw invalid(`invalid reference format: repository name (${name}) must be lowercase`, text);
  }
  return parseStrictReference(`${domain}/${remainder}`);
}

/** The first component is a registry when it looks like a host: a dot, a port, `localhost`, or capital letters. */
function splitDomain(text: string): { domain: string; remainder: string } {
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  const host = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const domain = !host || first === LEGACY_DEFAULT_DOMAIN ? DEFAULT_DOMAIN : first;
  const remainder = host ? text.slice(slash + 1) : text;
  return {
    domain,
    remainder: domain === DEFAULT_DOMAIN && !remainder.includes('/') ? OFFICIAL_PREFIX + remainder : remainder,
  };
}

/** A name as a person types it, or an image ID of 64 digits: the ID comes back as a digest. */
export function parseReferenceOrID(text: string): Reference | Digest {
  if (IDENTIFIER_RULE.test(text)) return sha256Digest(text);
  if (/^sha256:[a-f0-9]{64}$/.test(text)) return text as Digest;
  return parseReference(text);
}

/** A reference as text, with what it has. */
export function formatReference({ domain, path, tag, digest }: Reference): string {
  const name = domain === '' ? path : `${domain}/${path}`;
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** The same reference with the tag `latest` where it has neither tag nor digest, and without its tag where it has both. */
export function withDefaultTag({ domain, path, tag, digest }: Reference): Reference {
  if (digest !== undefined) return { domain, path, digest };
  return { domain, path, tag: tag ?? DEFAULT_TAG };
}

/** The key of a reference in the image store: whole, `docker.io/library/busybox:latest`. */
export function fullReference(reference: Reference): string {
  return formatReference(withDefaultTag(reference));
}

/** The name without what Docker leaves out: `busybox`, `user/app`, `localhost:5000/app`. */
export function familiarName({ domain, path }: Reference): string {
  if (domain !== DEFAULT_DOMAIN) return domain === '' ? path : `${domain}/${path}`;
  const rest = path.slice(OFFICIAL_PREFIX.length);
  return path.startsWith(OFFICIAL_PREFIX) && !rest.includes('/') ? rest : path;
}

/** A reference as Docker shows it, with what tag and digest it has, else `latest`: `busybox:latest`. */
export function familiarReference(reference: Reference): string {
  const { tag, digest } = reference.digest === undefined ? withDefaultTag(reference) : reference;
  return familiarName(reference) + (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}

/**
 * True when a pattern matches the familiar form, with tag and digest or without: how `docker image ls` filters. `matches` is
 * the pattern: Go's `path.Match` against a text, which throws when it is malformed.
 */
export function matchesFamiliar(reference: Reference, matches: (text: string) => boolean): boolean {
  const name = familiarName(reference);
  const suffix = formatReference({ ...reference, domain: '', path: '' });
  return matches(name + suffix) || matches(name);
}
