/** Containers: what was run of which image, with its writable layer. */
import type { ContainerConfig } from '../oci/config.ts';
import type { ImageID } from './images.ts';
import type { DiffID } from '../oci/digest.ts';

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'dead';

export interface ContainerRecord {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** Without the slash Docker puts in front. */
  readonly name: string;
  readonly imageID: ImageID;
  /** The name the image was asked for by. */
  readonly imageName: string;
  readonly config: ContainerConfig;
  readonly state: ContainerState;
  readonly exitCode: number;
  readonly createdMs: number;
  readonly startedMs?: number;
  readonly finishedMs?: number;
  readonly error?: string;
  /** The writable layer as it was last saved, stored like any layer; undefined while nothing was written. */
  readonly upper?: DiffID;
  /** Options that are not part of the image's config (ports, mounts, restart policy), as the command line gave them. */
  readonly hostConfig: Readonly<Record<string, unknown>>;
}

export interface ContainerStore {
  get(id: string): Promise<ContainerRecord | undefined>;
  put(record: ContainerRecord): Promise<void>;
  remove(id: string): Promise<void>;
  list(): Promise<readonly ContainerRecord[]>;
}
