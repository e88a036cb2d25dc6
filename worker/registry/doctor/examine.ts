/**
 * The CORS doctor: asks a registry, from this page, for all that a pull, a login, a push and a deletion ask it for, and names what
 * the browser did not let through. Nothing is changed there: an upload that is opened is given up again.
 */
import type { Transport } from '../../base/ports.ts';
import type { Job } from '../../base/job.ts';
import { parseChallenges } from '../challenge.ts';
import type { RegistryClient } from '../client.ts';
import type { Endpoint } from '../endpoint.ts';
import { usesOf, type Finding, type PageSituation, type RegistryDiagnosis } from './diagnosis.ts';
import { examineContent } from './examine-content.ts';
import { examineRetryAfter } from './examine-exposed.ts';
import { examineUpload } from './examine-upload.ts';
import { configFixes } from './fixes.ts';
import {
  answers,
  ask,
  headerAllowed,
  methodAllowed,
  PROBED_HEADERS,
  PROBED_METHODS,
  type ProbedHeader,
  type ProbedMethod,
  type Prober,
} from './probe.ts';
import { isMixedContent, mixedContent, noAnswer } from './reach.ts';

export interface Examination {
  readonly client: RegistryClient;
  /** Plain requests, of which no failure is explained. */
  readonly transport: Transport;
  readonly page: PageSituation;
  readonly endpoint: Endpoint;
  /** A repository to look at; one of the registry's own where none is named. */
  readonly path?: string | undefined;
  readonly job: Job;
}

/** Examines a registry. Rejects only when the job is cancelled. */
export async function examineRegistry(examination: Examination): Promise<RegistryDiagnosis> {
  const { endpoint, page } = examination;
  const findings = await findingsOf(examination);
  const preflightFails = findings.some(({ title, state }) => title === PREFLIGHT && state === 'missing');
  const mendable = findings.some(
    ({ title, state }) => MENDABLE.test(title) && (state === 'missing' || state === 'slower'),
  );
  return {
    registry: endpoint.domain,
    baseUrl: endpoint.baseUrl,
    origin: page.origin,
    findings,
    can: usesOf(findings),
    fixes: mendable
      ? configFixes({ origin: page.origin, registry: new URL(endpoint.baseUrl).host, needsProxy: preflightFails })
      : [],
  };
}

const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';
const PREFLIGHT = 'OPTIONS (preflight)';
/** Findings that a configuration of the registry can change. */
const MENDABLE = /^(?:Access-Control-|OPTIONS|Blobs)/;

async function findingsOf(examination: Examination): Promise<readonly Finding[]> {
  const { transport, page, endpoint, job } = examination;
  const prober: Prober = { transport, job };
  const base = `${endpoint.baseUrl}/v2/`;
  const url = new URL(base);
  if (isMixedContent(url, page)) return [mixedContent(url)];
  if (!(await answers(prober, base))) return [noAnswer(url, page)];
  const answer = await ask(prober, base);
  if (answer === undefined) return [originRefused(url, page.origin)];
  const allowed: Finding = {
    title: ALLOW_ORIGIN,
    state: 'ok',
    detail: `This page may read the registry’s answers; to GET /v2/ it says ${answer.status}.`,
    neededFor: ['pull', 'login', 'push', 'delete'],
  };
  const preflights = await examinePreflights(prober, base, answer.status);
  const login = await examineLogin(prober, answer);
  const blocked = preflights.some(({ title }) => title === PREFLIGHT);
  // what follows is asked as pull and push ask it, logged in where somebody is
  const uses = blocked ? [] : [...(await examineUpload(examination)), ...(await examineContent(examination))];
  return [allowed, ...preflights, ...login, ...uses, examineRetryAfter(answer)];
}

function originRefused(url: URL, origin: string): Finding {
  return {
    title: ALLOW_ORIGIN,
    state: 'missing',
    detail: `${url.host} answers, but its answers do not carry Access-Control-Allow-Origin for ${origin}, so the browser keeps them from this page. Most public registries are like that; there, only a proxy that adds the headers helps.`,
    neededFor: ['pull', 'login', 'push', 'delete'],
  };
}

const HEADER_USES: Readonly<
  Record<ProbedHeader, Pick<Finding, 'detail' | 'neededFor'> & { state: 'missing' | 'slower' }>
> = {
  Authorization: {
    state: 'missing',
    detail: 'The header may not be sent, so nobody can log in.',
    neededFor: ['login'],
  },
  'Content-Type': {
    state: 'missing',
    detail: 'The header may not be sent, so no manifest can be stored.',
    neededFor: ['push'],
  },
  'Content-Range': {
    state: 'slower',
    detail: 'The header may not be sent: blobs go whole, and one that breaks off begins anew.',
    neededFor: [],
  },
};

const METHOD_USES: Readonly<
  Record<ProbedMethod, Pick<Finding, 'detail' | 'neededFor'> & { state: 'missing' | 'slower' }>
> = {
  PUT: { state: 'missing', detail: 'The method may not be used, so nothing can be stored.', neededFor: ['push'] },
  PATCH: {
    state: 'slower',
    detail: 'The method may not be used: blobs go whole, and one that breaks off begins anew.',
    neededFor: [],
  },
  DELETE: { state: 'missing', detail: 'The method may not be used.', neededFor: ['delete'] },
};

/** Headers and methods one by one; where none is let through it is the preflight itself that fails. */
async function examinePreflights(prober: Prober, base: string, status: number): Promise<readonly Finding[]> {
  const [headers, methods] = await Promise.all([
    Promise.all(PROBED_HEADERS.map(async (name) => [name, await headerAllowed(prober, base, name)] as const)),
    Promise.all(PROBED_METHODS.map(async (name) => [name, await methodAllowed(prober, base, name)] as const)),
  ]);
  if (![...headers, ...methods].some(([, allowed]) => allowed)) return [preflightFails(status)];
  return [
    ...headers.map(([name, allowed]) => leave(`Access-Control-Allow-Headers: ${name}`, allowed, HEADER_USES[name])),
    ...methods.map(([name, allowed]) => leave(`Access-Control-Allow-Methods: ${name}`, allowed, METHOD_USES[name])),
  ];
}

function leave(title: string, allowed: boolean, refused: Omit<Finding, 'title'>): Finding {
  return allowed ? { title, state: 'ok', detail: 'Allowed.', neededFor: refused.neededFor } : { title, ...refused };
}

function preflightFails(status: number): Finding {
  const why =
    status === 401
      ? 'This registry asks for a password, and docker’s registry then asks for one with OPTIONS too (distribution issue 4458): no setting of its own helps, a proxy in front has to answer.'
      : 'It needs Access-Control-Allow-Headers and Access-Control-Allow-Methods in its answer, and a status of 200 or 204.';
  return {
    title: PREFLIGHT,
    state: 'missing',
    detail: `Before anything but a plain GET the browser asks with OPTIONS whether it may. The registry’s answer to that was not accepted. ${why}`,
    neededFor: status === 401 ? ['pull', 'login', 'push', 'delete'] : ['login', 'push', 'delete'],
  };
}

/** What a login needs beyond the header: to see the challenge, and to reach the server it names. */
async function examineLogin(prober: Prober, answer: Response): Promise<readonly Finding[]> {
  if (answer.status !== 401) return [];
  const challenge = answer.headers.get('www-authenticate');
  const title = 'Access-Control-Expose-Headers: WWW-Authenticate';
  if (challenge === null) {
    const detail = 'The registry asks for credentials, but hides from this page which kind it takes.';
    return [{ title, state: 'missing', detail, neededFor: ['pull', 'login', 'push', 'delete'] }];
  }
  const exposed: Finding = { title, state: 'ok', detail: 'The page sees how to log in.', neededFor: ['login'] };
  const bearer = parseChallenges(challenge).find(({ scheme }) => scheme === 'bearer');
  const realm = bearer?.parameters.get('realm') ?? '';
  if (bearer === undefined || !URL.canParse(realm)) return [exposed];
  return [exposed, await examineTokenServer(prober, realm, bearer.parameters.get('service'))];
}

async function examineTokenServer(prober: Prober, realm: string, service: string | undefined): Promise<Finding> {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  const title = `Token server ${url.host}`;
  if ((await ask(prober, url.href)) === undefined) {
    const detail = `Tokens come from ${url.host}, which does not let this page read its answers: it too has to send Access-Control-Allow-Origin.`;
    return { title, state: 'missing', detail, neededFor: ['pull', 'login', 'push', 'delete'] };
  }
  if (!(await headerAllowed(prober, url.href, 'Authorization'))) {
    const detail = `${url.host} gives tokens to strangers alone: it does not allow the header Authorization to this page.`;
    return { title, state: 'missing', detail, neededFor: ['login', 'push', 'delete'] };
  }
  return { title, state: 'ok', detail: 'It answers this page.', neededFor: ['login'] };
}
