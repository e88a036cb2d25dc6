/** Containers as Docker's API tells them. Field names and order are Docker's. */
import type { ContainerConfig } from '../../oci/config.ts';

/** What `docker create` and `docker run` ask for. */
export interface ContainerCreate {
  readonly name?: string;
  readonly image: string;
  readonly platform?: string;
  /** What the command line gives; the image's config fills the rest, as the daemon merges them. */
  readonly config: ContainerConfig & {
    readonly Hostname?: string;
    readonly Domainname?: string;
    readonly Tty?: boolean;
    readonly OpenStdin?: boolean;
    readonly StdinOnce?: boolean;
    readonly AttachStdin?: boolean;
    readonly AttachStdout?: boolean;
    readonly AttachStderr?: boolean;
    readonly StopTimeout?: number;
  };
  readonly hostConfig: HostConfig;
  /** The networks to connect it to, the one of its `NetworkMode` among them; that one alone where absent. */
  readonly networks?: readonly {
    readonly network: string;
    readonly aliases: readonly string[];
    readonly address?: string;
  }[];
}

/** Options of a container that are not part of an image's config. Fields Docker knows and Strata does not act on are kept. */
export interface HostConfig {
  readonly Binds?: readonly string[];
  readonly Mounts?: readonly {
    readonly Type: 'bind' | 'volume' | 'tmpfs';
    readonly Source?: string;
    readonly Target: string;
    readonly ReadOnly?: boolean;
    readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number };
  }[];
  readonly Tmpfs?: Readonly<Record<string, string>>;
  readonly VolumesFrom?: readonly string[];
  readonly PortBindings?: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>>;
  readonly PublishAllPorts?: boolean;
  readonly RestartPolicy?: { readonly Name: string; readonly MaximumRetryCount: number };
  readonly AutoRemove?: boolean;
  readonly ReadonlyRootfs?: boolean;
  readonly NetworkMode?: string;
  readonly Memory?: number;
  readonly NanoCpus?: number;
  readonly PidsLimit?: number;
  readonly Init?: boolean;
  readonly Privileged?: boolean;
  readonly Devices?: readonly {
    readonly PathOnHost: string;
    readonly PathInContainer: string;
    readonly CgroupPermissions: string;
  }[];
  readonly DeviceRequests?: readonly {
    readonly Driver: string;
    readonly Count: number;
    readonly DeviceIDs: readonly string[] | null;
    readonly Capabilities: readonly (readonly string[])[];
    readonly Options: Readonly<Record<string, string>>;
  }[];
  readonly [other: string]: unknown;
}

/** `GET /containers/json`. */
export interface ContainerListItem {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID: string;
  readonly Command: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly Ports: readonly {
    readonly IP?: string;
    readonly PrivatePort: number;
    readonly PublicPort?: number;
    readonly Type: string;
  }[];
  readonly SizeRw?: number;
  readonly SizeRootFs?: number;
  readonly Labels: Readonly<Record<string, string>>;
  readonly State: string;
  readonly Status: string;
  readonly NetworkMode: string;
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> };
  readonly Mounts: readonly {
    readonly Type: string;
    readonly Name?: string;
    readonly Source: string;
    readonly Destination: string;
    readonly RW: boolean;
  }[];
}

/** `GET /containers/NAME/json`. */
export type ContainerInspect = Readonly<Record<string, unknown>> & {
  readonly Id: string;
  readonly Name: string;
  readonly State: Readonly<Record<string, unknown>> & {
    readonly Status: string;
    readonly Running: boolean;
    readonly Paused: boolean;
    readonly Restarting: boolean;
    readonly ExitCode: number;
    readonly Error: string;
  };
  readonly Config: Readonly<Record<string, unknown>> & { readonly Tty: boolean; readonly OpenStdin: boolean };
};

/** What `docker exec` asks for. */
export interface ExecCreate {
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly user?: string;
  readonly workingDirectory?: string;
  readonly tty: boolean;
  readonly privileged: boolean;
  readonly detach: boolean;
}
