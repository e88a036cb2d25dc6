/**
 * Containers that the classic builder leaves behind: that of a step that failed, and with `--rm=false` those of all steps. People look
 * into them with `docker diff` and `docker commit`.
 */
import { hex } from '../../base/bytes.ts';
import type { Clock, Random } from '../../base/ports.ts';
import type { ChainID } from '../../oci/digest.ts';
import type { ContainerRecord } from '../../store/containers.ts';
import type { ImageRecord } from '../../store/images.ts';
import type { Store } from '../../store/index.ts';
import { randomContainerName } from '../container-names.ts';

const ID_BYTES = 32;
const DEFAULT_SHELL = ['/bin/sh', '-c'];
const NOTHING = '#(nop) ';

export interface LeftContainers {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly containers: {
    all(): Promise<readonly { readonly record: ContainerRecord }[]>;
    add(record: ContainerRecord): Promise<unknown>;
  };
}

/** A step's container, once the step is over. */
interface StepContainer {
  readonly id: string;
  /** The image the step stands on. */
  readonly parent: ImageRecord;
  readonly argv: readonly string[];
  /** Undefined for one that was never started. */
  readonly exitCode: number | undefined;
  /** The file system it left, with its own layer on top of the parent's. */
  readonly snapshot: ChainID | undefined;
}

export function newContainerID(random: Random): string {
  return hex(random.bytes(ID_BYTES));
}

/** What the container of an instruction that runs nothing is made with: the line of its history, behind a comment. */
export function idleArguments(createdBy: string, parent: ImageRecord): readonly string[] {
  const instruction = createdBy.slice(createdBy.indexOf(NOTHING) + NOTHING.length).trim();
  return [...shellOf(parent), NOTHING, instruction];
}

export function shellOf({ config }: ImageRecord): readonly string[] {
  return config.config?.Shell ?? DEFAULT_SHELL;
}

/** Stores a step's container, ended, with what it wrote as its writable layer. */
export async function leaveContainer(parts: LeftContainers, step: StepContainer): Promise<void> {
  const { store, clock, random, containers } = parts;
  const { parent, exitCode } = step;
  const { Entrypoint: _notItsOwn, ...config } = parent.config.config ?? {};
  const layers = await store.snapshots.chain(step.snapshot);
  const upper = layers[parent.config.rootfs.diff_ids.length];
  const taken = new Set((await containers.all()).map(({ record }) => record.name));
  const nowMs = clock.nowMs();
  await containers.add({
    id: step.id,
    name: randomContainerName(random, taken),
    imageID: parent.id,
    imageName: parent.id,
    ...(parent.chainID === undefined ? {} : { chainID: parent.chainID }),
    config: { ...config, Cmd: [...step.argv] },
    ...(exitCode === undefined
      ? { state: 'created', exitCode: NOT_STARTED_STATUS }
      : { state: 'exited', exitCode, startedMs: nowMs, finishedMs: nowMs }),
    createdMs: nowMs,
    ...(upper === undefined ? {} : { upper }),
    hostConfig: {},
  });
}

/** How a container counts whose program was not found. */
const NOT_STARTED_STATUS = 127;
