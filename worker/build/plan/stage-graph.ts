/**
 * Which stages there are and how they hang together, before any instruction is lowered: bases, what each copies from, what the
 * target needs. Follows `toDispatchState` of BuildKit's dockerfile2llb, with its messages.
 */
import { EngineError } from '../../base/errors.ts';
import type { Instruction } from '../../dockerfile/directive.ts';
import type { Stage } from '../../dockerfile/stages.ts';
import { expandWord } from '../../dockerfile/shell-words.ts';
import { quote } from '../../dockerfile/go-quote.ts';
import { parsePlatform, type Platform } from '../../oci/platform.ts';
import type { SourceRange } from '../../base/source.ts';
import type { Operation } from '../operation.ts';
import { referenceOf } from './reference-of.ts';
import type { StageState } from './stage-state.ts';

export interface StageGraphRequest {
  readonly stages: readonly Stage[];
  readonly escape: string;
  readonly globalArgs: ReadonlyMap<string, string>;
  readonly namedContexts: ReadonlyMap<string, Operation>;
  readonly namedImages: ReadonlyMap<string, string>;
  readonly target: string | undefined;
  /** True for a stage whose steps must run anew. */
  ignoresCache(name: string | undefined): boolean;
}

export interface StageGraph {
  /** In the order of the file, images that only a `--from` names at the end. */
  readonly stages: readonly StageState[];
  readonly target: StageState;
  /** Those the target needs, itself included. */
  readonly reachable: ReadonlySet<StageState>;
  /** Where a `--from` of a stage leads. */
  find(from: string): StageState | undefined;
}

/** The base that stands for nothing. */
export const SCRATCH = 'scratch';

/** Throws `dockerfile`, worded as BuildKit does, for what cannot be built as written. */
export function stageGraph(request: StageGraphRequest): StageGraph {
  const states: StageState[] = [];
  const byName = new Map<string, StageState>();
  for (const stage of request.stages) {
    const state = stageState(stage, states.length, byName, request);
    states.push(state);
    if (state.name !== undefined) byName.set(state.name, state);
  }
  const target = request.target === undefined ? states.at(-1) : byName.get(request.target.toLowerCase());
  if (target === undefined) {
    throw new EngineError('dockerfile', `target stage ${quote(request.target ?? '')} could not be found`);
  }
  const images = addDependencies(states, byName, request);
  const all = [...states, ...images.values()];
  rejectCycles(all);
  const [only] = all;
  if (all.length === 1 && only !== undefined) only.displayName = '';
  return {
    stages: all,
    target,
    reachable: reachableFrom(target),
    find: (from) => findStage(from, states, byName) ?? images.get(from),
  };
}

function stageState(
  stage: Stage,
  index: number,
  byName: ReadonlyMap<string, StageState>,
  request: StageGraphRequest,
): StageState {
  const { range, instructions } = stage;
  const baseName = expandAt(stage.baseName, range, request);
  if (baseName === '')
    throw new EngineError('dockerfile', `base name (${stage.baseName}) should not be blank`, { source: range });
  const name = stage.name === '' ? undefined : stage.name;
  const context = name === undefined ? undefined : request.namedContexts.get(name);
  const image = name === undefined ? undefined : request.namedImages.get(name);
  const replaced = context !== undefined || image !== undefined;
  const base = replaced ? undefined : byName.get(baseName);
  const ownBase = baseName !== SCRATCH && base === undefined ? 1 : 0;
  return {
    ...newState(index, base === undefined ? (image ?? imageFor(baseName, request)) : baseName, range),
    name,
    displayName: name ?? `stage-${index}`,
    platform: readPlatform(stage.platform, range, request),
    instructions: replaced ? [] : instructions,
    base,
    ...(context === undefined || name === undefined ? {} : { context: { name, operation: context } }),
    ignoreCache: request.ignoresCache(name),
    stepCount: ownBase + instructions.filter(({ isStep }) => isStep).length,
  };
}

/** A state before anything is known of it but its base. */
function newState(index: number, baseName: string, range: SourceRange): StageState {
  return {
    index,
    name: undefined,
    displayName: '',
    baseName,
    range,
    platform: undefined,
    instructions: [],
    base: undefined,
    dependencies: new Map(),
    implicit: false,
    ignoreCache: false,
    head: undefined,
    layerCount: 0,
    stepCount: 0,
    stepsShown: 0,
    variables: new Map(),
    declared: [],
    steps: [],
  };
}

function expandAt(word: string, range: SourceRange, request: StageGraphRequest): string {
  try {
    return expandWord(word, { lookup: (name) => request.globalArgs.get(name), escape: request.escape }).text;
  } catch (error) {
    throw error instanceof EngineError ? error.at(range) : error;
  }
}

function readPlatform(text: string, range: SourceRange, request: StageGraphRequest): Platform | undefined {
  if (text === '') return undefined;
  const expanded = expandAt(text, range, request);
  try {
    return parsePlatform(expanded);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError('dockerfile', `failed to parse platform ${expanded}: ${error.message}`, {
      source: range,
      cause: error,
    });
  }
}

/** Notes what each stage copies from; gives the images that are no stage, by the name they were asked for. */
function addDependencies(
  states: readonly StageState[],
  byName: ReadonlyMap<string, StageState>,
  request: StageGraphRequest,
): ReadonlyMap<string, StageState> {
  const images = new Map<string, StageState>();
  for (const state of states) {
    for (const instruction of state.instructions) {
      for (const from of instruction.sources) {
        const source =
          findStage(from, states, byName) ?? images.get(from) ?? implicitImage(imageFor(from, request), instruction);
        if (source.implicit) images.set(from, source);
        state.dependencies.set(source, instruction);
      }
    }
  }
  return images;
}

/** By number or by name, in any case. Throws `dockerfile` for a number there is no stage of. */
function findStage(
  from: string,
  states: readonly StageState[],
  byName: ReadonlyMap<string, StageState>,
): StageState | undefined {
  if (!/^[+-]?\d+$/.test(from)) return byName.get(from.toLowerCase());
  const index = Number(from);
  const state = states[index];
  if (state === undefined) throw new EngineError('dockerfile', `invalid stage index ${index}`);
  return state;
}

/** The image that stands for one of this name. Names mean the same as references do: `golang` is `golang:latest`. */
function imageFor(name: string, { namedImages }: StageGraphRequest): string {
  const wanted = referenceOf(name);
  for (const [known, image] of namedImages) {
    if (known === name || (wanted !== undefined && referenceOf(known) === wanted)) return image;
  }
  return name;
}

function implicitImage(name: string, instruction: Instruction): StageState {
  return { ...newState(-1, name, instruction.range), implicit: true };
}

/** A stage on the way down: which of its dependencies come next, and the instruction that led to it. */
interface Descent {
  readonly state: StageState;
  readonly dependencies: Iterator<[StageState, Instruction], undefined>;
  readonly by: Instruction | undefined;
}

/** Throws `dockerfile` where a stage needs itself, told at the instruction that closes the circle; the others' lines are in its data. */
function rejectCycles(states: readonly StageState[]): void {
  const done = new Set<StageState>();
  for (const state of states) {
    const [closing, ...others] = findCycle(state, done) ?? [];
    if (closing === undefined) continue;
    throw new EngineError('dockerfile', `circular dependency detected on stage: ${state.displayName}`, {
      source: closing.range,
      data: { furtherLines: others.map(({ range }) => `${range.startLine}-${range.endLine}`) },
    });
  }
}

/** The instructions of a circle that `start` leads to, the closing one first. A loop, since stages may be thousands deep. */
function findCycle(start: StageState, done: Set<StageState>): Instruction[] | undefined {
  if (done.has(start)) return undefined;
  const path: Descent[] = [];
  const onPath = new Set<StageState>();
  const enter = (state: StageState, by: Instruction | undefined): void => {
    done.add(state);
    onPath.add(state);
    path.push({ state, dependencies: state.dependencies.entries(), by });
  };
  enter(start, undefined);
  for (let current = path.at(-1); current !== undefined; current = path.at(-1)) {
    const next = current.dependencies.next();
    if (next.done === true) {
      onPath.delete(current.state);
      path.pop();
      continue;
    }
    const [state, instruction] = next.value;
    if (onPath.has(state)) return [instruction, ...path.flatMap(({ by }) => by ?? []).reverse()];
    if (!done.has(state)) enter(state, instruction);
  }
  return undefined;
}

function reachableFrom(target: StageState): ReadonlySet<StageState> {
  const reachable = new Set<StageState>();
  const waiting: (StageState | undefined)[] = [target];
  while (waiting.length > 0) {
    const state = waiting.pop();
    if (state === undefined || reachable.has(state)) continue;
    reachable.add(state);
    waiting.push(state.base, ...state.dependencies.keys());
  }
  return reachable;
}
