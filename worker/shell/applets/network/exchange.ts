/** HTTP exchanges of programs, over the transport the container was given. */
import { isEngineError } from '../../../base/errors.ts';
import type { AppletContext } from '../context.ts';

/** What a program asks for. */
interface HttpQuestion {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  /** False: a redirection is the answer. */
  readonly followRedirects: boolean;
}

/** Why there is no answer, as a sentence: the browser is offline, the server silent, or it does not let a page read it. */
interface NoAnswer {
  readonly refused: string;
}

/** An answer whose body is read piece by piece, so that a kill or a cancel ends it at once. */
export interface HttpAnswer {
  readonly response: Response;
  /** Where the answer came from, redirections followed. */
  readonly url: string;
  chunks(): AsyncGenerator<Uint8Array, void>;
}

const OFFLINE =
  'this browser is offline, the server does not answer, or it does not let this page read its answers (CORS)';

/** Asks, and waits for the head of the answer. */
export async function askServer(context: AppletContext, question: HttpQuestion): Promise<HttpAnswer | NoAnswer> {
  const { process } = context;
  const { transport } = process.kernel;
  if (transport === undefined) return { refused: 'RUN has no network here' };
  const stop = new AbortController();
  try {
    const request = new Request(question.url, {
      method: question.method,
      headers: question.headers.map(([name, value]): [string, string] => [name, value]),
      redirect: question.followRedirects ? 'follow' : 'manual',
      signal: stop.signal,
      ...(question.body === undefined ? {} : { body: question.body }),
    });
    const response = await process.waitFor(transport(request));
    return {
      response,
      url: response.url === '' ? question.url.href : response.url,
      chunks: () => chunksOf(context, response, stop),
    };
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === undefined) {
      stop.abort();
      throw error;
    }
    return { refused };
  }
}

/** A browser says no more than "TypeError" of every failure; the host finds out more where it can. */
function refusalOf(error: unknown): string | undefined {
  if (isEngineError(error, 'network') || isEngineError(error, 'cors')) return error.message;
  return error instanceof TypeError ? OFFLINE : undefined;
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
