/**
 * Where a registry is reached: the base URL behind a reference's domain, and the mirrors asked before it: `registry-mirrors`
 * of Docker's daemon.json for Docker Hub, and for other registries what BuildKit's configuration calls their mirrors.
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

/** How registries are reached, as Docker's daemon.json and BuildKit's buildkitd.toml say it. */
export interface RegistrySettings {
  /** Base URLs tried before Docker Hub, in this order. */
  readonly mirrors: readonly string[];
  /** Base URLs tried before other registries, by domain. */
  readonly mirrorsOf: Readonly<Record<string, readonly string[]>>;
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
  const urls = domain === DOCKER_HUB ? settings.mirrors : (settings.mirrorsOf[domain] ?? []);
  return [...urls.map((url) => ({ baseUrl: url.replace(/\/+$/, ''), domain, mirror: true })), registry];
}

/** The name under which credentials for a domain are kept, as in Docker's config.json. */
export function credentialsKey(domain: string): string {
  return domain === DOCKER_HUB ? DOCKER_HUB_CREDENTIALS_KEY : domain;
}

/** True for hosts (with or without a port) that are this machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
