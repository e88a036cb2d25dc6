/** What the machine is in the middle of: code that runs, functions of Strata's that wait for an answer, and where a run began. */
import {
  Cell,
  type FunctionObject,
  type Globals,
  type PythonObject,
  type TypeObject,
  type Value,
} from '../objects/values.ts';
import { coroutineType, generatorType } from '../objects/containers.ts';
import type { ExceptionObject } from '../objects/exceptions.ts';
import type { Code } from '../compile/code.ts';
import type { Steps } from './steps.ts';

export type Frame = PythonFrame | NativeFrame | Boundary;

/** Where an exception goes that is raised inside of a `try`, and how much of the frame is left then. */
export interface Block {
  readonly handler: number;
  readonly depth: number;
  readonly handling: number;
  readonly exits: number;
}

export class PythonFrame {
  readonly code: Code;
  readonly globals: Globals;
  readonly locals: (Value | undefined)[];
  readonly cells: readonly Cell[];
  /** The names of a class body or of a module. */
  readonly namespace: Globals | undefined;
  readonly function: FunctionObject | undefined;
  readonly stack: Value[] = [];
  readonly blocks: Block[] = [];
  /** Exceptions whose handlers run. */
  readonly handling: ExceptionObject[] = [];
  /** `__exit__` of the contexts it is in. */
  readonly exits: Value[] = [];
  /** Index of the next instruction. */
  at = 0;
  back: Frame | undefined;
  generator: GeneratorObject | undefined;
  /** What its caller is given instead of its result: the object whose `__init__` it is. */
  result: Value | undefined;

  constructor(
    code: Code,
    globals: Globals,
    locals: (Value | undefined)[],
    cells: readonly Cell[],
    namespace?: Globals,
    owner?: FunctionObject,
  ) {
    this.code = code;
    this.globals = globals;
    this.locals = locals;
    this.cells = cells;
    this.namespace = namespace;
    this.function = owner;
  }
}

export class NativeFrame {
  readonly steps: Steps<Value | undefined>;
  back: Frame | undefined;
  /** What it asked for and was given. */
  incoming: unknown = undefined;
  /** It asked for the next item of an iterator, so the end is an answer. */
  asksNext = false;
  /** It is an iterator itself: its end without a value is the end of the iteration. */
  readonly iterates: boolean;

  constructor(steps: Steps<Value | undefined>, iterates: boolean) {
    this.steps = steps;
    this.iterates = iterates;
  }
}

/** Where a run of the machine ends. */
export class Boundary {
  back: Frame | undefined;
  result: Value | undefined;
}

export class GeneratorObject implements PythonObject {
  readonly cls: TypeObject;
  readonly frame: PythonFrame;
  readonly name: string;
  state: 'new' | 'suspended' | 'running' | 'finished' = 'new';
  /** Raised where it stopped, when it goes on. */
  thrown: ExceptionObject | undefined;

  constructor(frame: PythonFrame, name: string) {
    this.cls = frame.code.isCoroutine ? coroutineType : generatorType;
    this.frame = frame;
    this.name = name;
  }
}
