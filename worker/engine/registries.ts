/** Registries as the page asks about them: how they are reached, who is logged in, what they hold, what keeps a browser out. */
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Transport } from '../base/ports.ts';
import { formatPlatform } from '../oci/platform.ts';
import { familiarReference, parseReference, type Reference } from '../oci/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { PageSituation, RegistryDiagnosis } from '../registry/doctor/diagnosis.ts';
import { examineRegistry } from '../registry/doctor/examine.ts';
import type { RegistrySettings } from '../registry/endpoint.ts';
import { listReferrers, repositoryPage, tagPage, type NamePage } from '../registry/lists.ts';
import { deleteManifest, getManifest } from '../registry/repository.ts';
import { remotePlatforms } from '../registry/resolve.ts';
import type { EngineParts } from './parts.ts';
import type { Logins, LoginSummary } from './logins.ts';
import { NO_REGISTRY_SETTINGS, writeRegistrySettings } from './registry-settings.ts';

/** What a name at a registry leads to. */
export interface RemoteTag {
  readonly reference: string;
  readonly digest: string;
  readonly mediaType: string;
  /** Of config and layers as they are sent; 0 for an index. */
  readonly sizeBytes: number;
  /** Empty for a single image. */
  readonly platforms: readonly string[];
  /** Signatures, SBOMs and the like: what kind each is. */
  readonly referrers: readonly { readonly digest: string; readonly kind: string }[];
}

export interface LoginRequest {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
  readonly remember: boolean;
}

/** Each call runs as a job, since a registry may not answer. */
export interface RegistryCalls {
  /** How registries are reached. */
  settings(job: Job): Promise<RegistrySettings>;
  /** Throws `invalid-argument` as Docker's daemon words it. */
  setSettings(settings: RegistrySettings, job: Job): Promise<RegistrySettings>;
  logins(job: Job): Promise<readonly LoginSummary[]>;
  /** Throws what the registry refuses with; nothing is kept then. */
  login(request: LoginRequest, job: Job): Promise<void>;
  logout(registry: string, job: Job): Promise<void>;
  /** What a page can do with a registry, named by its address or by an image of it. */
  diagnose(address: string, job: Job): Promise<RegistryDiagnosis>;
  /** Repositories of a registry; `next` of the page before goes on. */
  repositories(registry: string, next: string | undefined, job: Job): Promise<NamePage>;
  /** Tags of a repository (`localhost:5000/team/app`). */
  tags(repository: string, next: string | undefined, job: Job): Promise<NamePage>;
  tag(reference: string, job: Job): Promise<RemoteTag>;
  /** Removes the manifest a name leads to, with all its tags. */
  remove(reference: string, job: Job): Promise<void>;
  /** Platforms that a name has images for; empty where there is one image alone. */
  platforms(reference: string, job: Job): Promise<readonly string[]>;
}

/** Names shown at a time. */
const PAGE_SIZE = 50;

const NO_PAGE: PageSituation = { origin: 'null', secure: false, online: true, localNetwork: 'not-asked' };

/** `client` asks what is asked here; the `others` share logins and settings with it. */
export function createRegistries(
  parts: EngineParts,
  client: RegistryClient,
  others: readonly RegistryClient[],
  logins: Logins,
  transport: Transport,
): RegistryCalls {
  const clients = [client, ...others];
  let settings = NO_REGISTRY_SETTINGS;

  function use(changed: RegistrySettings): RegistrySettings {
    settings = changed;
    for (const each of clients) each.configure(effectiveSettings(changed, parts.registryMirrors));
    return settings;
  }
  use(parts.registrySettings ?? NO_REGISTRY_SETTINGS);

  async function forget(registry: string): Promise<void> {
    for (const each of clients) each.forgetCredentials(registry);
    await logins.forget(registry);
  }

  const repositoryOf = ({ domain, path }: Reference) => ({ endpoint: client.registry(domain), path });

  return {
    settings: () => Promise.resolve(settings),
    setSettings: async (changed) => use(await writeRegistrySettings(parts.store.database, changed)),
    logins: () => Promise.resolve(logins.list()),

    async login({ registry, username, password, remember }, job) {
      const domain = domainOf(registry);
      try {
        const given = { kind: 'basic', username, password } as const;
        await client.login(domain, given, (credentials) => logins.keep(domain, credentials, username), job);
        for (const other of others) other.forgetCredentials(domain);
        await logins.remember(domain, remember);
      } catch (error) {
        await forget(domain);
        throw error;
      }
    },
    logout: (registry) => forget(registry),

    async diagnose(address, job) {
      const named = addressOf(address);
      const page = (await parts.page?.()) ?? NO_PAGE;
      const endpoint = client.registry(named.domain);
      return examineRegistry({ client, transport, page, endpoint, path: named.path, job });
    },

    repositories: (registry, next, job) =>
      repositoryPage(client, client.registry(domainOf(registry)), job, { next, pageSize: PAGE_SIZE }),
    tags: (repository, next, job) =>
      tagPage(client, repositoryOf(parseReference(repository)), job, { next, pageSize: PAGE_SIZE }),

    async tag(name, job) {
      const reference = parseReference(name);
      const repository = repositoryOf(reference);
      const wanted = reference.digest ?? reference.tag ?? 'latest';
      const document = await getManifest(client, repository, wanted, job);
      const { digest, mediaType } = document.descriptor;
      const referrers = await listReferrers(client, repository, digest, job);
      const { layers, config } = document.kind === 'manifest' ? document.manifest : { layers: [], config: { size: 0 } };
      const platforms = document.kind === 'index' ? document.index.manifests : [];
      return {
        reference: familiarReference(reference),
        digest,
        mediaType,
        sizeBytes: layers.reduce((sum, { size }) => sum + size, config.size),
        platforms: platforms.flatMap(({ platform }) =>
          platform === undefined || platform.os === 'unknown' ? [] : [formatPlatform(platform)],
        ),
        referrers: referrers.map((found) => ({ digest: found.digest, kind: found.artifactType ?? found.mediaType })),
      };
    },

    async remove(name, job) {
      const reference = parseReference(name);
      const repository = repositoryOf(reference);
      const { descriptor } = await getManifest(client, repository, reference.digest ?? reference.tag ?? 'latest', job);
      // by digest: registries of old cannot delete a tag
      await deleteManifest(client, repository, descriptor.digest, job);
    },

    platforms: async (name, job) => (await remotePlatforms(client, parseReference(name), job)).map(formatPlatform),
  };
}

/** What a person set, with the images that come with the page asked last. */
function effectiveSettings(settings: RegistrySettings, bundledMirrors: readonly string[]): RegistrySettings {
  return { ...settings, mirrors: [...settings.mirrors, ...bundledMirrors] };
}

/** A registry as people write it: with or without a scheme, with or without an image behind it. */
function addressOf(address: string): { readonly domain: string; readonly path?: string } {
  const bare = address
    .trim()
    .replace(/^https?:\/\//, '')
    .replace(/\/(?:v2\/?)?$/, '');
  if (bare === '') throw new EngineError('invalid-argument', 'Name a registry: localhost:5000, registry.example.com.');
  if (!bare.includes('/')) return { domain: hostOf(bare) };
  const { domain, path } = parseReference(bare);
  return { domain, path };
}

function domainOf(registry: string): string {
  return addressOf(registry).domain;
}

/** A host and port, by the rule that tells them from the first part of a repository's name. */
function hostOf(host: string): string {
  const { domain } = parseReference(`${host}/any`);
  if (domain === host || host === 'index.docker.io') return domain;
  throw new EngineError(
    'invalid-argument',
    `${host} is no address of a registry: it needs a dot, a port, or localhost.`,
  );
}
