/** Opening an address as a browser on the containers' machine would: the port says which container is asked. */
import type { EngineClient, SiteAnswer } from '../../../worker/api/types.ts';
import type { Visited } from './compose.ts';

type Asking = Pick<EngineClient, 'askSite'>;

/** What is sent besides the address. */
export interface VisitOptions {
  readonly method?: 'GET' | 'POST';
  /** Fields of a form, for POST. */
  readonly fields?: string;
}

const REDIRECTIONS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTIONS = 20;
const MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/;

/** What a person typed as an address; `8080` and `localhost:8080/x` will do. Undefined where it is none of this machine. */
export function siteAddress(text: string): URL | undefined {
  const typed = text.trim();
  const full = /^\d+$/.test(typed)
    ? `http://localhost:${typed}/`
    : /^https?:\/\//i.test(typed)
      ? typed
      : `http://${typed}`;
  if (!URL.canParse(full)) return undefined;
  const url = new URL(full);
  return url.protocol === 'http:' && MACHINE.test(url.hostname) ? url : undefined;
}

/** The port of an address. */
export function portOf({ port }: URL): number {
  return port === '' ? 80 : Number(port);
}

/** Asks, and follows redirections within this machine. Rejects with `network` where nobody listens. */
export async function visit(engine: Asking, url: URL, options: VisitOptions = {}): Promise<Visited> {
  let at = url;
  let answer = await ask(engine, at, options);
  for (let hops = 0; hops < MOST_REDIRECTIONS; hops++) {
    const location = REDIRECTIONS.has(answer.status) ? field(answer, 'location') : undefined;
    const next =
      location === undefined || !URL.canParse(location, at) ? undefined : siteAddress(new URL(location, at).href);
    if (next === undefined) break;
    at = next;
    answer = await ask(engine, at, {});
  }
  return { address: at.href, status: answer.status, type: field(answer, 'content-type') ?? '', body: answer.body };
}

function ask(engine: Asking, url: URL, { method = 'GET', fields }: VisitOptions): Promise<SiteAnswer> {
  const form = method === 'POST' ? [['content-type', 'application/x-www-form-urlencoded'] as const] : [];
  return engine.askSite(portOf(url), {
    method,
    target: url.pathname + url.search,
    headers: [['user-agent', navigator.userAgent], ['accept', 'text/html,*/*;q=0.8'], ...form],
    ...(method === 'POST' ? { body: new TextEncoder().encode(fields ?? '') } : {}),
  });
}

function field({ headers }: SiteAnswer, name: string): string | undefined {
  return headers.find(([known]) => known === name)?.[1];
}
