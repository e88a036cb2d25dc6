/** `docker pull` and `docker push`: the registry room's progress as the messages of Docker's API. */
import { asEngineError, EngineError, isEngineError } from '../../../base/errors.ts';
import type { Job } from '../../../base/job.ts';
import type { ProgressSink, StatusItem } from '../../../base/progress.ts';
import { DEFAULT_PLATFORM, parsePlatform } from '../../../oci/platform.ts';
import {
  familiarName,
  familiarReference,
  fullReference,
  parseReference,
  type Reference,
} from '../../../oci/reference.ts';
import type { RegistryClient } from '../../../registry/client.ts';
import { listTags } from '../../../registry/lists.ts';
import type { BaseImages } from '../../base-images.ts';
import type { EngineParts } from '../../parts.ts';
import type { PushOptions } from '../../model.ts';
import type { ProgressListener, RegistryCredentials } from '../api.ts';
import type { EventLog } from '../event-log.ts';
import { repositoryOf } from './references.ts';

export interface TransferParts extends Pick<EngineParts, 'store'> {
  readonly client: RegistryClient;
  readonly baseImages: BaseImages;
  readonly push: (options: PushOptions, job: Job, progress: ProgressSink) => Promise<{ digest: string }>;
  /** Makes credentials known to the client of registries. */
  readonly useCredentials: (domain: string, credentials: RegistryCredentials) => void;
  readonly events: EventLog;
}

export interface PullOptions {
  readonly platform?: string;
  readonly allTags?: boolean;
  readonly credentials?: RegistryCredentials;
}

/** Fetches every tag of a repository, one behind the other. Throws as {@link pullImage} does. */
export async function pullAllTags(
  parts: TransferParts,
  name: string,
  options: PullOptions,
  listener: ProgressListener,
  job: Job,
): Promise<void> {
  const { domain, path } = parseReference(name);
  if (options.credentials !== undefined) parts.useCredentials(domain, options.credentials);
  const reference = { domain, path };
  const tags = await worded(reference, () => tagsThere(parts.client, reference, job));
  for (const tag of tags) await pullImage(parts, familiarReference({ ...reference, tag }), options, listener, job);
}

/** The tags that the first place to answer has; mirrors are asked before the registry itself. */
async function tagsThere(client: RegistryClient, { domain, path }: Reference, job: Job): Promise<readonly string[]> {
  let problem: EngineError | undefined;
  for (const endpoint of client.pullEndpoints(domain)) {
    try {
      return await listTags(client, { endpoint, path }, job);
    } catch (error) {
      if (isEngineError(error, 'cancelled')) throw error;
      problem ??= asEngineError(error);
    }
  }
  throw problem ?? new EngineError('not-found', `no registry answers for ${domain}`);
}

/** Fetches an image, or finds that it is there already. Throws what the registry refuses with, worded as Docker does. */
export async function pullImage(
  parts: TransferParts,
  name: string,
  options: PullOptions,
  listener: ProgressListener,
  job: Job,
): Promise<void> {
  const reference = parseReference(name);
  if (options.credentials !== undefined) parts.useCredentials(reference.domain, options.credentials);
  const wanted = reference.digest ?? reference.tag ?? 'latest';
  const before = await parts.store.images.resolve(fullReference(reference));
  const platform = options.platform === undefined ? DEFAULT_PLATFORM : parsePlatform(options.platform);
  let begun = false;
  const begin = (): void => {
    if (!begun) listener({ status: `Pulling from ${reference.path}`, id: wanted });
    begun = true;
  };
  const tell = layerMessages(listener);
  const record = await worded(reference, () =>
    parts.baseImages.pull(reference, platform, job, (status) => {
      begin();
      for (const item of status.statuses ?? []) tell(item);
    }),
  );
  begin();
  const digest = await pulledDigest(parts, reference, record.id);
  const shown = familiarReference(reference);
  if (digest !== undefined) listener({ status: `Digest: ${digest}` });
  const news = before === record.id ? 'Image is up to date for' : 'Downloaded newer image for';
  listener({ status: `Status: ${news} ${shown}` });
  parts.events.add('image', 'pull', shown, { name: familiarName(reference) });
}

async function pulledDigest(parts: TransferParts, reference: Reference, id: string): Promise<string | undefined> {
  const names = await parts.store.images.names();
  const found = names.find(([name, owner]) => owner === id && name.startsWith(`${repositoryOf(reference)}@`));
  return found?.[0].slice(found[0].indexOf('@') + 1);
}

/** Sends an image's tag, or all tags of a repository. What goes wrong is told as a message, after what was told before. */
export async function pushImages(
  parts: TransferParts,
  name: string,
  options: { readonly allTags?: boolean; readonly credentials?: RegistryCredentials },
  listener: ProgressListener,
  job: Job,
): Promise<void> {
  const reference = parseReference(name);
  if (options.credentials !== undefined) parts.useCredentials(reference.domain, options.credentials);
  const repository = repositoryOf(reference);
  listener({ status: `The push refers to repository [${repository}]` });
  const tags = options.allTags === true ? await tagsOf(parts, repository) : [fullReference(reference)];
  try {
    if (tags.length === 0) throw missingTag(familiarName(reference));
    for (const tag of tags) await pushTag(parts, parseReference(tag), listener, job);
  } catch (error) {
    const known = asEngineError(error);
    if (known.code === 'cancelled' || known.code === 'internal') throw known;
    listener({ error: known.message });
  }
}

async function tagsOf({ store }: TransferParts, repository: string): Promise<readonly string[]> {
  return (await store.images.names()).flatMap(([name]) => (name.startsWith(`${repository}:`) ? [name] : []));
}

function missingTag(name: string): EngineError {
  return new EngineError('not-found', `An image does not exist locally with the tag: ${name}`);
}

async function pushTag(
  parts: TransferParts,
  reference: Reference,
  listener: ProgressListener,
  job: Job,
): Promise<void> {
  const name = fullReference(reference);
  const id = await parts.store.images.resolve(name);
  if (id === undefined) throw missingTag(familiarName(reference));
  const tell = layerMessages(listener);
  const { digest } = await worded(reference, () =>
    parts.push({ image: id, reference: name }, job, (status) => {
      for (const item of status.statuses ?? []) tell(item);
    }),
  );
  const manifest = await parts.store.content.readBytes((await parts.store.images.get(id))?.manifestDigest ?? id);
  listener({ status: `${reference.tag ?? 'latest'}: digest: ${digest} size: ${manifest.byteLength}` });
  parts.events.add('image', 'push', familiarReference(reference), { name: familiarName(reference) });
}

/** Layers as Docker tells them: by the first 12 digits, each action once unless it has an amount. */
function layerMessages(listener: ProgressListener): (item: StatusItem) => void {
  const last = new Map<string, string>();
  return ({ id, action, current, total }) => {
    if (!id.startsWith('sha256:') || action === undefined) return;
    const moving = action === 'Downloading' || action === 'Extracting' || action === 'Pushing';
    if (!moving && last.get(id) === action) return;
    last.set(id, action);
    const progressDetail = moving ? { progressDetail: { current, total } } : {};
    listener({ status: action, id: id.slice('sha256:'.length, 'sha256:'.length + 12), ...progressDetail });
  };
}

/** No answer from an address of this machine means that nobody listens there, which Docker says in the words of its network. */
export async function worded<R>(reference: Reference, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!isEngineError(error, 'network') || !isLoopback(reference.domain)) throw error;
    throw new EngineError('network', refused(reference.domain), { data: error.data, cause: error });
  }
}

/** True for hosts that are this machine. */
export function isLoopback(domain: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(domain);
}

/** What the daemon says where a registry's port is closed. */
export function refused(domain: string): string {
  const address = /:\d+$/.test(domain) ? domain : `${domain}:80`;
  const dialled = address.replace(/^localhost:/, '127.0.0.1:');
  return `Get "http://${domain}/v2/": dial tcp ${dialled}: connect: connection refused`;
}
