/** Answers of the in-page registry: error documents and the headers that every answer carries, as distribution 2.8 has them. */

/** Error codes of the distribution-spec that this registry gives: their status and the message distribution has for each. */
const ERRORS = {
  BLOB_UNKNOWN: [404, 'blob unknown to registry'],
  BLOB_UPLOAD_INVALID: [404, 'blob upload invalid'],
  BLOB_UPLOAD_UNKNOWN: [404, 'blob upload unknown to registry'],
  DIGEST_INVALID: [400, 'provided digest did not match uploaded content'],
  MANIFEST_BLOB_UNKNOWN: [400, 'blob unknown to registry'],
  MANIFEST_INVALID: [400, 'manifest invalid'],
  MANIFEST_UNKNOWN: [404, 'manifest unknown'],
  NAME_UNKNOWN: [404, 'repository name not known to registry'],
  PAGINATION_NUMBER_INVALID: [400, 'invalid number of results requested'],
  SIZE_INVALID: [400, 'provided length did not match content length'],
  UNKNOWN: [500, 'unknown error'],
  UNSUPPORTED: [405, 'The operation is unsupported.'],
} as const;

export type RegistryErrorCode = keyof typeof ERRORS;

/** A refusal: what the client reads, and what the log tells beside it. */
export interface Refusal {
  readonly code: RegistryErrorCode;
  readonly message: string;
  readonly detail?: unknown;
}

const API_VERSION = { 'docker-distribution-api-version': 'registry/2.0' };
const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

const refusals = new WeakMap<Response, Refusal>();

/** An answer with a status, headers and perhaps a body. */
export function answer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: BodyInit | null = null,
): Response {
  return new Response(body, { status, headers: { ...API_VERSION, ...headers } });
}

/** A JSON document, ended by a line feed as Go's encoder ends it. */
export function answerJson(document: object, headers: Readonly<Record<string, string>> = {}, status = 200): Response {
  const body = `${JSON.stringify(document)}\n`;
  return answer(status, { 'content-type': JSON_TYPE, 'content-length': String(body.length), ...headers }, body);
}

/** A refusal, as the specification writes it. */
export function refuse(code: RegistryErrorCode, options: { readonly detail?: unknown } = {}): Response {
  return refuseAll([refusalFor(code, options)], code);
}

/** The same refusal of several things, each with its detail. */
export function refuseEach(code: RegistryErrorCode, details: readonly unknown[]): Response {
  return refuseAll(
    details.map((detail) => refusalFor(code, { detail })),
    code,
  );
}

function refusalFor(code: RegistryErrorCode, options: { readonly detail?: unknown }): Refusal {
  return { code, message: ERRORS[code][1], ...options };
}

function refuseAll(errors: readonly Refusal[], code: RegistryErrorCode): Response {
  const response = answerJson({ errors }, {}, ERRORS[code][0]);
  const [first] = errors;
  if (first !== undefined) refusals.set(response, first);
  return response;
}

/** What an answer refused (the first, of several); undefined for one that did not. */
export function refusalOf(response: Response): Refusal | undefined {
  return refusals.get(response);
}

/** Makes an answer refuse what another did. */
export function copyRefusal(from: Response, to: Response): Response {
  const refusal = refusals.get(from);
  if (refusal !== undefined) refusals.set(to, refusal);
  return to;
}

/** Of Go's own router and handlers: plain text. */
export function answerText(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response {
  const body = `${text}\n`;
  return answer(status, { 'content-type': TEXT_TYPE, 'content-length': String(body.length), ...headers }, body);
}
