/** Single probes: requests whose only question is whether the browser lets the page have the answer. */
import type { Job } from '../../base/job.ts';
import type { Transport } from '../../base/ports.ts';

/** Sends requests as this page. */
export interface Prober {
  readonly transport: Transport;
  readonly job: Job;
}

/** Headers that need leave, each with a harmless value. */
const HEADER_VALUES = {
  Authorization: 'Basic Og==',
  'Content-Type': 'application/vnd.oci.image.manifest.v1+json',
  'Content-Range': '0-0',
} as const;

export type ProbedHeader = keyof typeof HEADER_VALUES;
export const PROBED_HEADERS = Object.keys(HEADER_VALUES) as readonly ProbedHeader[];

/** Methods that need leave. At the registry's base address none of them does anything. */
export const PROBED_METHODS = ['PUT', 'PATCH', 'DELETE'] as const;
export type ProbedMethod = (typeof PROBED_METHODS)[number];

/** The answer, or undefined where the browser gives none. Rejects when the job is cancelled. */
export async function ask(
  { transport, job }: Prober,
  url: string,
  init: RequestInit = {},
): Promise<Response | undefined> {
  try {
    return await transport(new Request(url, { credentials: 'omit', cache: 'no-store', ...init, signal: job.signal }));
  } catch {
    job.budget.throwIfCancelled();
    return undefined;
  }
}

/** True when something answers, readable or not: a page may always ask for an answer it will not see. */
export async function answers(prober: Prober, url: string): Promise<boolean> {
  return (await ask(prober, url, { mode: 'no-cors' })) !== undefined;
}

/** True when the header may be sent. */
export async function headerAllowed(prober: Prober, url: string, header: ProbedHeader): Promise<boolean> {
  return (await ask(prober, url, { headers: { [header]: HEADER_VALUES[header] } })) !== undefined;
}

/** True when the method may be used. */
export async function methodAllowed(prober: Prober, url: string, method: ProbedMethod): Promise<boolean> {
  return (await ask(prober, url, { method })) !== undefined;
}
