/** What the CORS doctor tells: what was tried at a registry from this page, what came of it, and what to write in which file. */

/** What one does with a registry. */
export type RegistryUse = 'pull' | 'login' | 'push' | 'delete';

export const REGISTRY_USES: readonly RegistryUse[] = ['pull', 'login', 'push', 'delete'];

/**
 * One thing a page needs of a registry. `missing`: tried and refused. `unknown`: could not be tried, the detail says why.
 * `slower`: refused, but there is a way around that costs something.
 */
export interface Finding {
  /** What it is about, in a few words: a header, a method. */
  readonly title: string;
  readonly state: 'ok' | 'missing' | 'slower' | 'unknown';
  /** A sentence or two for the person at the screen. */
  readonly detail: string;
  /** What cannot be done without it. */
  readonly neededFor: readonly RegistryUse[];
}

/** A configuration that lets this page in, whole, ready to be copied. */
export interface ConfigFix {
  readonly id: 'registry' | 'nginx' | 'caddy' | 'zot';
  /** Of the program. */
  readonly title: string;
  readonly file: string;
  readonly text: string;
  /** What to know before it is used. */
  readonly note: string;
}

export interface RegistryDiagnosis {
  /** `localhost:5000`. */
  readonly registry: string;
  readonly baseUrl: string;
  /** Of this page: what the registry has to allow. */
  readonly origin: string;
  readonly findings: readonly Finding[];
  /** `unknown` where something that is needed could not be tried. */
  readonly can: Readonly<Record<RegistryUse, 'yes' | 'no' | 'unknown'>>;
  /** Empty where nothing is missing that a configuration could mend. */
  readonly fixes: readonly ConfigFix[];
}

/** What a browser lets a page do depends on how the page itself was reached. */
export interface PageSituation {
  readonly origin: string;
  /** The page came by https, so that plain http is mixed content. */
  readonly secure: boolean;
  readonly online: boolean;
  /** Leave to reach this machine and the network around it, in browsers that ask for it. */
  readonly localNetwork: 'granted' | 'denied' | 'prompt' | 'not-asked';
}

/** What can be done, by what was found. */
export function usesOf(findings: readonly Finding[]): RegistryDiagnosis['can'] {
  const verdict = (use: RegistryUse): 'yes' | 'no' | 'unknown' => {
    const needed = findings.filter(({ neededFor }) => neededFor.includes(use));
    if (needed.some(({ state }) => state === 'missing')) return 'no';
    return needed.some(({ state }) => state === 'unknown') ? 'unknown' : 'yes';
  };
  return { pull: verdict('pull'), login: verdict('login'), push: verdict('push'), delete: verdict('delete') };
}
