/**
 * Where a registry is reached: the base URL behind a reference's domain, and the mirrors asked before it
 * (`registry-mirrors` of Docker's daemon.json, which stand in for Docker Hub alone).
 */

/** A place that answers below `<baseUrl>/v2/`. */
export interface Endpoint {
  /** Without a slash at the end, and without `/v2`. */
  readonly baseUrl: string;
  /** The domain of the references it serves: `docker.io` for a mirror of Docker Hub too. */
  readonly domain: string;
  /** A read-only stand-in: what it lacks is asked for at the registry itself. */
  readonly mirror: boolean;
}

/** The part of Docker's daemon.json that says how registries are reached. */
export interface RegistrySettings {
  /** Base URLs tried before Docker Hub, in this order. */
  readonly mirrors: readonly string[];
  /** Domains (`host` or `host:port`) spoken to over plain HTTP; loopback ones are, unasked. */
  readonly insecureRegistries: readonly string[];
}

const DOCKER_HUB = 'docker.io';
/** The host behind the name `docker.io`: the name itself is a web site. */
const DOCKER_HUB_HOST = 'registry-1.docker.io';
/** What Docker's credential files call Docker Hub. */
export const DOCKER_HUB_CREDENTIALS_KEY = 'https://index.docker.io/v1/';

/** The registry of a domain itself. */
export function registryEndpoint(domain: string, settings: RegistrySettings): Endpoint {
  const host = domain === DOCKER_HUB ? DOCKER_HUB_HOST : domain;
  const scheme = isLoopback(host) || settings.insecureRegistries.includes(domain) ? 'http' : 'https';
  return { baseUrl: `${scheme}://${host}`, domain, mirror: false };
}

/** Every place to pull from, in the order to try. */
export function pullEndpoints(domain: string, settings: RegistrySettings): readonly Endpoint[] {
  const registry = registryEndpoint(domain, settings);
  if (domain !== DOCKER_HUB) return [registry];
  const mirrors = settings.mirrors.map((url) => ({ baseUrl: url.replace(/\/+$/, ''), domain, mirror: true }));
  return [...mirrors, registry];
}

/** The name under which credentials for a domain are kept, as in Docker's config.json. */
export function credentialsKey(domain: string): string {
  return domain === DOCKER_HUB ? DOCKER_HUB_CREDENTIALS_KEY : domain;
}

function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
