/**
 * The Docker Engine API (version 1.45) as methods: what the docker command line asks, answered over the same store, builds and
 * containers that the panels show. Objects that Docker returns as JSON have Docker's fields, in its order and spelling.
 *
 * Errors are EngineErrors whose message is the daemon's own (`No such container: web`); `code` tells the kind as Docker's HTTP
 * status does: `not-found` 404, `conflict` and `in-use` 409, `invalid-argument` 400, `run` for a process that cannot be
 * started. Names are what a person types: a reference, a name, an ID or the beginning of one.
 */
import type { Job } from '../../base/job.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import type { ContainerIO } from './container-io.ts';
import type { ContainerCreate, ContainerInspect, ContainerListItem, ExecCreate } from './container-types.ts';
import type { ImageHistoryItem, ImageInspect, ImageListItem, ImageListOptions, ImageRemoval } from './image-types.ts';

/** `--filter key=value`, gathered by key. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/** A line of progress of a pull, push, load or classic build, as the API streams it. */
export interface ProgressMessage {
  readonly stream?: string;
  readonly status?: string;
  /** The layer it is about. */
  readonly id?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
}

export type ProgressListener = (message: ProgressMessage) => void;

export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
}

export interface ManifestListPush {
  readonly target: string;
  /** The images it names, with where they were found. */
  readonly sources: readonly { readonly name: string; readonly digest: string }[];
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ImageAPI {
  list(options: ImageListOptions): Promise<readonly ImageListItem[]>;
  inspect(name: string): Promise<ImageInspect>;
  history(name: string): Promise<readonly ImageHistoryItem[]>;
  tag(source: string, target: string): Promise<void>;
  remove(name: string, options: { force: boolean; pruneParents: boolean }): Promise<readonly ImageRemoval[]>;
  prune(
    filters: Filters,
  ): Promise<{ readonly ImagesDeleted: readonly ImageRemoval[]; readonly SpaceReclaimed: number }>;
  pull(
    reference: string,
    options: { platform?: string; allTags?: boolean; credentials?: RegistryCredentials },
    listener: ProgressListener,
    job: Job,
  ): Promise<void>;
  push(
    reference: string,
    options: { allTags?: boolean; credentials?: RegistryCredentials },
    listener: ProgressListener,
    job: Job,
  ): Promise<void>;
  /** The manifest or the list of manifests that a registry has under a name. */
  manifest(reference: string, options: { credentials?: RegistryCredentials }, job: Job): Promise<JsonValue>;
  /** Where the manifest of one image is in a registry, and the platform it is for. */
  descriptor(reference: string, options: { credentials?: RegistryCredentials }, job: Job): Promise<Descriptor>;
  /** Puts a list of manifests into a registry; `told` hears of the images it had to copy. */
  pushList(
    list: ManifestListPush,
    options: { credentials?: RegistryCredentials },
    told: (name: string) => Promise<void>,
    job: Job,
  ): Promise<void>;
  /** A `docker save` archive. */
  save(names: readonly string[], job: Job): Promise<ReadableStream<Uint8Array>>;
  load(archive: ReadableStream<Uint8Array>, listener: ProgressListener, job: Job): Promise<void>;
  /** Makes an image of one layer from a root file system; gives its ID. */
  import(
    archive: ReadableStream<Uint8Array>,
    options: { reference?: string; message?: string; changes: readonly string[]; platform?: string },
    job: Job,
  ): Promise<string>;
}

export interface ContainerAPI {
  create(options: ContainerCreate): Promise<{ readonly Id: string; readonly Warnings: readonly string[] }>;
  list(options: {
    all: boolean;
    limit?: number;
    filters: Filters;
    size: boolean;
  }): Promise<readonly ContainerListItem[]>;
  inspect(name: string, options?: { size?: boolean }): Promise<ContainerInspect>;
  /** Starts it; what it prints goes to its log, and to those attached. Rejects with `run` when it cannot be started. */
  start(name: string): Promise<void>;
  /** Connects streams to the main process of a container, running or about to be started; resolves when it has ended or the caller detached. */
  attach(name: string, io: ContainerIO): Promise<void>;
  stop(name: string, options: { signal?: string; timeoutSeconds?: number }): Promise<void>;
  kill(name: string, signal: string): Promise<void>;
  restart(name: string, options: { signal?: string; timeoutSeconds?: number }): Promise<void>;
  pause(name: string): Promise<void>;
  unpause(name: string): Promise<void>;
  rename(name: string, to: string): Promise<void>;
  remove(name: string, options: { force: boolean; volumes: boolean }): Promise<void>;
  wait(name: string, condition: 'not-running' | 'next-exit' | 'removed'): Promise<{ readonly StatusCode: number }>;
  logs(name: string, options: LogOptions, io: ContainerIO): Promise<void>;
  /** Runs a further process in a running container; gives its exit code. */
  exec(name: string, options: ExecCreate, io: ContainerIO): Promise<number>;
  top(
    name: string,
    psArguments: string,
  ): Promise<{ readonly Titles: readonly string[]; readonly Processes: readonly (readonly string[])[] }>;
  stats(name: string): Promise<ContainerStats>;
  diff(name: string): Promise<readonly { readonly Kind: 'C' | 'A' | 'D'; readonly Path: string }[]>;
  /** Makes an image of the container as it is; gives its ID. */
  commit(
    name: string,
    options: { reference?: string; author?: string; message?: string; changes: readonly string[]; pause: boolean },
    job: Job,
  ): Promise<string>;
  export(name: string, job: Job): Promise<ReadableStream<Uint8Array>>;
  /** A tar of a file or directory in a container, with what is known of the path itself. */
  readArchive(
    name: string,
    path: string,
  ): Promise<{ readonly stat: PathStat; readonly archive: ReadableStream<Uint8Array> }>;
  /** What a path in a container is. Rejects with `not-found`. */
  statPath(name: string, path: string): Promise<PathStat>;
  /** Unpacks a tar into a directory of a container. */
  writeArchive(name: string, directory: string, archive: ReadableStream<Uint8Array>, job: Job): Promise<void>;
  update(
    name: string,
    hostConfig: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly Warnings: readonly string[] }>;
  /** Sends a request to whoever listens behind a published port. Rejects with `network` where nobody does. */
  request(hostPort: number, request: Request): Promise<Response>;
  prune(filters: Filters): Promise<{ readonly ContainersDeleted: readonly string[]; readonly SpaceReclaimed: number }>;
}

export interface LogOptions {
  readonly follow: boolean;
  readonly timestamps: boolean;
  /** What `--log-opt` says to keep with each line stands before it. */
  readonly details?: boolean;
  /** Number of lines from the end; all where absent. */
  readonly tail?: number;
  readonly sinceMs?: number;
  readonly untilMs?: number;
}

export interface PathStat {
  readonly name: string;
  readonly sizeBytes: number;
  /** Permission bits. */
  readonly mode: number;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly linkTarget?: string;
}

export interface ContainerStats {
  readonly id: string;
  readonly name: string;
  /** Since the container started: what the kernel counted. */
  readonly steps: number;
  readonly memoryBytes: number;
  readonly processes: number;
  readonly readBytes: number;
  readonly writtenBytes: number;
}

export interface Volume {
  readonly CreatedAt: string;
  readonly Driver: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Mountpoint: string;
  readonly Name: string;
  readonly Options: Readonly<Record<string, string>> | null;
  readonly Scope: string;
}

export interface VolumeAPI {
  create(options: {
    name?: string;
    driver: string;
    labels: Readonly<Record<string, string>>;
    options: Readonly<Record<string, string>>;
  }): Promise<Volume>;
  list(filters: Filters): Promise<readonly Volume[]>;
  inspect(name: string): Promise<Volume>;
  remove(name: string, force: boolean): Promise<void>;
  prune(filters: Filters): Promise<{ readonly VolumesDeleted: readonly string[]; readonly SpaceReclaimed: number }>;
}

/** `GET /networks/NAME`. */
export interface NetworkInspect {
  readonly Name: string;
  readonly Id: string;
  readonly Created: string;
  readonly Scope: string;
  readonly Driver: string;
  readonly EnableIPv6: boolean;
  readonly IPAM: {
    readonly Driver: string;
    readonly Options: Readonly<Record<string, string>> | null;
    readonly Config: readonly NetworkPool[] | null;
  };
  readonly Internal: boolean;
  readonly Attachable: boolean;
  readonly Ingress: boolean;
  readonly ConfigFrom: { readonly Network: string };
  readonly ConfigOnly: boolean;
  readonly Containers: Readonly<
    Record<
      string,
      {
        readonly Name: string;
        readonly EndpointID: string;
        readonly MacAddress: string;
        readonly IPv4Address: string;
        readonly IPv6Address: string;
      }
    >
  >;
  readonly Options: Readonly<Record<string, string>>;
  readonly Labels: Readonly<Record<string, string>>;
}

export interface NetworkPool {
  readonly Subnet: string;
  readonly IPRange?: string;
  readonly Gateway?: string;
  readonly AuxiliaryAddresses?: Readonly<Record<string, string>>;
}

/** What `docker network create` asks for. */
export interface NetworkCreate {
  readonly name: string;
  readonly driver: string;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly configOnly: boolean;
  readonly ipv6: boolean;
  readonly ingress: boolean;
  readonly scope: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly pools: readonly NetworkPool[];
}

export interface NetworkAPI {
  /** Gives its ID. */
  create(options: NetworkCreate): Promise<string>;
  /** By name. */
  list(filters: Filters): Promise<readonly NetworkInspect[]>;
  inspect(name: string): Promise<NetworkInspect>;
  remove(name: string): Promise<void>;
  connect(
    name: string,
    container: string,
    options: { readonly aliases: readonly string[]; readonly address?: string },
  ): Promise<void>;
  disconnect(name: string, container: string): Promise<void>;
  prune(filters: Filters): Promise<{ readonly NetworksDeleted: readonly string[] }>;
}

export interface EngineEvent {
  readonly Type: 'container' | 'image' | 'volume' | 'network' | 'builder' | 'daemon';
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly timeMs: number;
}

export interface DiskUsage {
  readonly images: readonly ImageListItem[];
  /** Bytes of all layers, each counted once. */
  readonly layersBytes: number;
  readonly containers: readonly ContainerListItem[];
  readonly volumes: readonly (Volume & { readonly sizeBytes: number; readonly references: number })[];
  readonly buildCache: readonly {
    readonly ID: string;
    readonly Type: string;
    readonly Description: string;
    readonly InUse: boolean;
    readonly Shared: boolean;
    readonly Size: number;
    readonly createdMs: number;
    readonly lastUsedMs: number;
    readonly UsageCount: number;
  }[];
}

export interface SystemAPI {
  diskUsage(): Promise<DiskUsage>;
  info(): Promise<Readonly<Record<string, unknown>>>;
  version(): Promise<Readonly<Record<string, unknown>>>;
  /** Past events since `sinceMs`, then those to come until `untilMs` or the job's end. */
  events(
    options: { sinceMs?: number; untilMs?: number; filters: Filters },
    listener: (event: EngineEvent) => void,
    job: Job,
  ): Promise<void>;
  /** Checks credentials with a registry, and keeps them for this session. Gives the registry's word. */
  login(registry: string, credentials: RegistryCredentials, job: Job): Promise<string>;
  logout(registry: string): Promise<void>;
}

/** The engine as the docker command line sees it. */
export interface DockerAPI {
  readonly images: ImageAPI;
  readonly containers: ContainerAPI;
  readonly volumes: VolumeAPI;
  readonly networks: NetworkAPI;
  readonly system: SystemAPI;
}
