/** Answers of the in-page registry: error documents and the headers that every answer carries. */

/** Error codes of the distribution-spec that this registry gives, with their status. */
const STATUS = {
  BLOB_UNKNOWN: 404,
  BLOB_UPLOAD_INVALID: 400,
  BLOB_UPLOAD_UNKNOWN: 404,
  DIGEST_INVALID: 400,
  MANIFEST_BLOB_UNKNOWN: 404,
  MANIFEST_INVALID: 400,
  MANIFEST_UNKNOWN: 404,
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  SIZE_INVALID: 400,
  TAG_INVALID: 400,
  UNSUPPORTED: 405,
} as const;

export type RegistryErrorCode = keyof typeof STATUS;

const API_VERSION = { 'docker-distribution-api-version': 'registry/2.0' };

/** An answer with a status, headers and perhaps a body. */
export function answer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body: BodyInit | null = null,
): Response {
  return new Response(body, { status, headers: { ...API_VERSION, ...headers } });
}

/** A JSON document with status 200. */
export function answerJson(document: object, headers: Readonly<Record<string, string>> = {}): Response {
  return answer(200, { 'content-type': 'application/json', ...headers }, JSON.stringify(document));
}

/** A refusal, as the specification writes it. `status` where the usual one of the code does not fit. */
export function refuse(code: RegistryErrorCode, message: string, status: number = STATUS[code]): Response {
  const document = { errors: [{ code, message, detail: null }] };
  return answer(status, { 'content-type': 'application/json' }, JSON.stringify(document));
}
