/** Official images written down as their Dockerfiles' instructions: each gives a line of history, and its part of the config. */
import type { ContainerConfig } from '../../worker/oci/config.ts';
import { BUILDKIT, REPLICA_LABEL, type ImageStep, type MirrorImage } from './image.ts';
import type { MirrorLayer } from './layer-tar.ts';

export type Instruction =
  | { readonly kind: 'run' | 'copy'; readonly text: string; readonly layer: MirrorLayer }
  | { readonly kind: 'env' | 'label'; readonly name: string; readonly value: string }
  | { readonly kind: 'cmd' | 'entrypoint'; readonly words: readonly string[] }
  | { readonly kind: 'expose' | 'volume'; readonly what: readonly string[] }
  | { readonly kind: 'workdir'; readonly path: string; readonly layer: MirrorLayer }
  | { readonly kind: 'stopsignal'; readonly signal: string };

export const run = (text: string, layer: MirrorLayer): Instruction => ({ kind: 'run', text, layer });
export const copy = (text: string, layer: MirrorLayer): Instruction => ({ kind: 'copy', text, layer });
export const env = (name: string, value: string): Instruction => ({ kind: 'env', name, value });
export const label = (name: string, value: string): Instruction => ({ kind: 'label', name, value });
export const cmd = (...words: readonly string[]): Instruction => ({ kind: 'cmd', words });
export const entrypoint = (...words: readonly string[]): Instruction => ({ kind: 'entrypoint', words });
export const expose = (...what: readonly string[]): Instruction => ({ kind: 'expose', what });
export const volume = (...what: readonly string[]): Instruction => ({ kind: 'volume', what });
export const workdir = (path: string, layer: MirrorLayer): Instruction => ({ kind: 'workdir', path, layer });
export const stopSignal = (signal: string): Instruction => ({ kind: 'stopsignal', signal });

/** A layer that changes nothing: WORKDIR of a directory that is there still makes one. */
export const emptyLayer = (mtimeMs: number): MirrorLayer => ({ entries: [], bodies: new Map(), mtimeMs });

/** What an image is built on: the steps and the config that it inherits. */
export interface BaseOfImage {
  readonly config: ContainerConfig;
  readonly steps: readonly ImageStep[];
}

export interface WrittenImage extends Pick<MirrorImage, 'repository' | 'tags' | 'created'> {
  readonly base: BaseOfImage;
  readonly instructions: readonly Instruction[];
  /** Where the facts are from, for the label of the replica. */
  readonly source: string;
}

export function writtenImage({ base, instructions, source, ...names }: WrittenImage): MirrorImage {
  const config = instructions.reduce((before, instruction) => configAfter(before, instruction), base.config);
  const steps = instructions.map((instruction): ImageStep => ({
    createdBy: historyOf(instruction),
    comment: BUILDKIT,
    ...('layer' in instruction ? { layer: instruction.layer } : {}),
  }));
  return {
    ...names,
    config: { ...config, Labels: { ...config.Labels, [REPLICA_LABEL]: source } },
    steps: [...base.steps, ...steps.map((step) => ({ created: names.created, ...step }))],
  };
}

/** The line of history that BuildKit writes for an instruction. */
function historyOf(instruction: Instruction): string {
  switch (instruction.kind) {
    case 'run':
      return `RUN /bin/sh -c ${instruction.text} # buildkit`;
    case 'copy':
      return `COPY ${instruction.text} # buildkit`;
    case 'env':
    case 'label':
      return `${instruction.kind.toUpperCase()} ${instruction.name}=${instruction.value}`;
    case 'cmd':
    case 'entrypoint':
      return `${instruction.kind.toUpperCase()} [${instruction.words.map((word) => JSON.stringify(word)).join(' ')}]`;
    case 'expose':
      return `EXPOSE map[${instruction.what.map((port) => `${port}:{}`).join(' ')}]`;
    case 'volume':
      return `VOLUME [${instruction.what.join(' ')}]`;
    case 'workdir':
      return `WORKDIR ${instruction.path}`;
    case 'stopsignal':
      return `STOPSIGNAL ${instruction.signal}`;
  }
}

function configAfter(config: ContainerConfig, instruction: Instruction): ContainerConfig {
  switch (instruction.kind) {
    case 'run':
    case 'copy':
      return config;
    case 'env':
      return { ...config, Env: withVariable(config.Env ?? [], instruction.name, instruction.value) };
    case 'label':
      return { ...config, Labels: { ...config.Labels, [instruction.name]: instruction.value } };
    case 'cmd':
      return { ...config, Cmd: instruction.words };
    case 'entrypoint':
      return { ...withoutCommand(config), Entrypoint: instruction.words };
    case 'expose':
      return { ...config, ExposedPorts: { ...config.ExposedPorts, ...keys(instruction.what) } };
    case 'volume':
      return { ...config, Volumes: { ...config.Volumes, ...keys(instruction.what) } };
    case 'workdir':
      return { ...config, WorkingDir: instruction.path };
    case 'stopsignal':
      return { ...config, StopSignal: instruction.signal };
  }
}

/** An entrypoint takes the inherited command away. */
function withoutCommand(config: ContainerConfig): ContainerConfig {
  return Object.fromEntries(Object.entries(config).filter(([name]) => name !== 'Cmd'));
}

function withVariable(variables: readonly string[], name: string, value: string): readonly string[] {
  const known = variables.some((variable) => variable.startsWith(`${name}=`));
  if (!known) return [...variables, `${name}=${value}`];
  return variables.map((variable) => (variable.startsWith(`${name}=`) ? `${name}=${value}` : variable));
}

const keys = (names: readonly string[]): Record<string, Record<string, never>> =>
  Object.fromEntries(names.map((name) => [name, {}]));
