/** Advisories in OSV's form (ossf.github.io/osv-schema, 1.7): what of it decides whether a version is affected, checked. */
import { EngineError } from '../../base/errors.ts';
import { invalidDocument, listOf, mapOf, matching, nullable, shape, text, type Check } from '../../oci/document.ts';

export interface OsvEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
  readonly limit?: string;
}

export interface OsvRange {
  readonly type: string;
  readonly events: readonly OsvEvent[];
}

export interface OsvSeverity {
  readonly type: string;
  readonly score: string;
}

export interface OsvAffected {
  readonly package?: { readonly ecosystem: string; readonly name: string };
  readonly ranges?: readonly OsvRange[];
  readonly versions?: readonly string[];
  readonly severity?: readonly OsvSeverity[];
  readonly database_specific?: Readonly<Record<string, unknown>>;
  readonly ecosystem_specific?: Readonly<Record<string, unknown>>;
}

export interface OsvDocument {
  readonly id: string;
  readonly modified?: string;
  readonly withdrawn?: string;
  readonly aliases?: readonly string[];
  readonly upstream?: readonly string[];
  readonly summary?: string;
  readonly details?: string;
  readonly severity?: readonly OsvSeverity[];
  readonly affected?: readonly OsvAffected[];
  readonly references?: readonly { readonly type: string; readonly url: string }[];
  readonly database_specific?: Readonly<Record<string, unknown>>;
}

const anything: Check = () => undefined;
const texts = nullable(listOf(text));
const EVENT = shape({}, { introduced: text, fixed: text, last_affected: text, limit: text });
const SEVERITY = nullable(listOf(shape({ type: text, score: text })));
const AFFECTED = shape(
  {},
  {
    package: nullable(shape({ ecosystem: text, name: text })),
    ranges: nullable(listOf(shape({ type: text, events: listOf(EVENT) }))),
    versions: texts,
    severity: SEVERITY,
    database_specific: nullable(mapOf(anything)),
    ecosystem_specific: nullable(mapOf(anything)),
  },
);
const DOCUMENT = shape(
  { id: matching(/\S/, 'an ID') },
  {
    modified: text,
    withdrawn: nullable(text),
    aliases: texts,
    upstream: texts,
    summary: nullable(text),
    details: nullable(text),
    severity: SEVERITY,
    affected: nullable(listOf(AFFECTED)),
    references: nullable(listOf(shape({ type: text, url: text }))),
    database_specific: nullable(mapOf(anything)),
  },
);

/** Advisories of one file at most. */
const MOST = 100_000;

/**
 * Reads a file of advisories: one document, a list of them, what OSV's API answers (`{"vulns": […]}`), or a document a line
 * (JSONL). Throws `invalid-document`, naming the document and the field that is wrong.
 */
export function parseOsvFile(content: string): readonly OsvDocument[] {
  const documents = documentsOf(content.replace(/^\uFEFF/, ''));
  if (documents.length === 0) throw invalidDocument('', 'holds no advisory');
  if (documents.length > MOST)
    throw invalidDocument('', `holds ${documents.length} advisories: ${MOST} at most are read`);
  return documents.map(({ value, place }) => {
    DOCUMENT(value, place);
    return withoutNulls(value) as OsvDocument;
  });
}

interface PlacedValue {
  readonly value: unknown;
  /** As an error names it. */
  readonly place: string;
}

function documentsOf(content: string): readonly PlacedValue[] {
  if (content.trim() === '') throw invalidDocument('', 'is empty');
  const whole = parsed(content);
  if (whole === undefined) return linesOf(content);
  const list = Array.isArray(whole) ? whole : vulnsOf(whole);
  if (list === undefined) return [{ value: whole, place: 'the advisory' }];
  return list.map((value: unknown, index) => ({ value, place: `advisory ${index + 1}` }));
}

function vulnsOf(value: unknown): readonly unknown[] | undefined {
  const vulns = typeof value === 'object' && value !== null && 'vulns' in value ? value.vulns : undefined;
  return Array.isArray(vulns) ? vulns : undefined;
}

function linesOf(content: string): readonly PlacedValue[] {
  return content.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const value = parsed(line);
    if (value === undefined) {
      throw new EngineError('invalid-document', notJSON(content, index), { data: { line: index + 1 } });
    }
    return [{ value, place: `the advisory of line ${index + 1}` }];
  });
}

function notJSON(content: string, line: number): string {
  return line === 0 || content.trimStart().startsWith('[')
    ? 'the file is not JSON: it should be an OSV document, a list of them, or one a line'
    : `line ${line + 1} is not JSON`;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return undefined;
  }
}

/** Nulls stand for what is not there, as Go writes them. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, withoutNulls(item)] as const])),
  );
}
