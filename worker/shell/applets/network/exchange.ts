/** HTTP exchanges of programs, over the transport the container was given. */
import { isEngineError } from '../../../base/errors.ts';
import type { AppletContext } from '../context.ts';

/** What a program asks for. */
interface HttpQuestion {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  /** Who asks, unless a header says so. Servers of containers read it; outside, the browser says who it is. */
  readonly agent: string;
  /** False: a redirection is the answer. */
  readonly followRedirects: boolean;
}

/** Why there is no answer, as a sentence: the browser is offline, the server silent, or it does not let a page read it. */
interface NoAnswer {
  readonly refused: string;
  /** What it is where this is known: nobody listens, nobody has the name, or the server does not speak TLS. */
  readonly why?: 'refused' | 'unresolved' | 'plain';
}

/** An answer whose body is read piece by piece, so that a kill or a cancel ends it at once. */
export interface HttpAnswer {
  readonly response: Response;
  /** Where the answer came from, redirections followed. */
  readonly url: string;
  chunks(): AsyncGenerator<Uint8Array, void>;
}

const REDIRECTIONS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** As curl and wget have it. */
const MAX_REDIRECTIONS = 20;

const OFFLINE =
  'this browser is offline, the server does not answer, or it does not let this page read its answers (CORS)';

const WAY_ROUND = 'To build on here, put the file into the build context and COPY it.';

/** Asks, and waits for the head of the answer. */
export async function askServer(context: AppletContext, question: HttpQuestion): Promise<HttpAnswer | NoAnswer> {
  const { process } = context;
  const { transport } = process.kernel;
  if (transport === undefined) return { refused: 'RUN has no network here' };
  const stop = new AbortController();
  try {
    let { url } = question;
    let response = await process.waitFor(transport(requestOf(question, url, stop.signal)));
    // the browser follows outside; a server of this engine leaves it to whoever asked
    for (let hops = 0; question.followRedirects && hops < MAX_REDIRECTIONS; hops++) {
      const next = redirection(response, url);
      if (next === undefined) break;
      url = next;
      response = await process.waitFor(transport(requestOf(question, url, stop.signal)));
    }
    return {
      response,
      url: response.url === '' ? url.href : response.url,
      chunks: () => chunksOf(context, response, stop),
    };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) {
      stop.abort();
      throw error;
    }
    return refusal;
  }
}

/** A browser says no more than "TypeError" of every failure; the host finds out more where it can. */
function refusalOf(error: unknown): NoAnswer | undefined {
  if (isEngineError(error, 'denied')) return { refused: error.message };
  if (!isEngineError(error, 'network') && !isEngineError(error, 'cors')) {
    return error instanceof TypeError ? { refused: `${OFFLINE}. ${WAY_ROUND}` } : undefined;
  }
  const { why } = error.data;
  if (why === 'refused' || why === 'unresolved' || why === 'plain') return { refused: error.message, why };
  return { refused: `${error.message} ${WAY_ROUND}` };
}

function requestOf(question: HttpQuestion, url: URL, signal: AbortSignal): Request {
  const { method, body, followRedirects, agent } = question;
  const headers = new Headers(question.headers.map(([name, value]): [string, string] => [name, value]));
  if (!headers.has('user-agent')) headers.set('user-agent', agent);
  return new Request(url, {
    method,
    headers,
    redirect: followRedirects ? 'follow' : 'manual',
    signal,
    ...(body === undefined ? {} : { body }),
  });
}

function redirection(response: Response, from: URL): URL | undefined {
  const location = REDIRECTIONS.has(response.status) ? response.headers.get('location') : null;
  return location === null || !URL.canParse(location, from) ? undefined : new URL(location, from);
}

async function* chunksOf(
  context: AppletContext,
  response: Response,
  stop: AbortController,
): AsyncGenerator<Uint8Array, void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const pause = context.checkpoint();
      if (pause !== undefined) await pause;
      const { done, value } = await context.process.waitFor(reader.read());
      if (done) return;
      yield value;
    }
  } finally {
    stop.abort();
  }
}

/** The URL a person writes: `http://` may be left out. Undefined when it is none. */
export function parseUrl(text: string): URL | undefined {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(full) ? new URL(full) : undefined;
}

/** The name a file of this URL is kept under: its last segment; empty where there is none. */
export function fileNameOf(url: URL): string {
  const segment = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
