/**
 * The head of an HTTP answer as a server writes it and a client shows it: status line and fields in their order and spelling.
 * The web platform's `Response` sorts fields and writes them small; what a server of a container said is kept beside it.
 */

export type Field = readonly [name: string, value: string];

/** Reason phrases (RFC 9110, 15). */
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Long',
  416: 'Requested Range Not Satisfiable',
  418: "I'm a teapot",
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
};

/** Statuses that never have a body (RFC 9110, 6.4.1). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

const written = new WeakMap<Response, readonly Field[]>();

/** Bytes, text, or nothing. */
export type ResponseContent = Uint8Array<ArrayBuffer> | Blob | string | ReadableStream<Uint8Array> | null;

/** An answer whose fields are shown as they are given here. */
export function serverResponse(status: number, fields: readonly Field[], body: ResponseContent): Response {
  const response = new Response(WITHOUT_BODY.has(status) ? null : body, {
    status,
    statusText: reasonOf(status),
    headers: fields.map(([name, value]): [string, string] => [name, value]),
  });
  written.set(response, fields);
  return response;
}

export function reasonOf(status: number): string {
  return REASONS[status] ?? '';
}

/** Its fields in the order and spelling of the server, where that is known. */
export function fieldsOf(response: Response): readonly Field[] {
  return written.get(response) ?? [...response.headers].map(([name, value]) => [spelled(name), value] as const);
}

/** `HTTP/1.1 404 Not Found`. */
export function statusLine({ status, statusText }: Response): string {
  return `HTTP/1.1 ${status} ${statusText === '' ? reasonOf(status) : statusText}`.trimEnd();
}

/** As most servers spell a field: `Content-Type`. */
function spelled(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (letters) => letters.toUpperCase());
}

/** A time as HTTP writes it (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`. */
export function httpDate(ms: number): string {
  return new Date(ms).toUTCString();
}
