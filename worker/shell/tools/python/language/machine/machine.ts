/**
 * Runs compiled programs. Frames are kept in a list of their own instead of on JavaScript's stack: so a program can stop anywhere (to
 * wait for input, or to let others in), generators are frames that are put aside, and deep recursion ends as Python ends it.
 */
import { nameText } from '../objects/classes.ts';
import type { AppletContext } from '../../../../applets/context.ts';
import type { Process } from '../../../../kernel/process.ts';
import { ExceptionObject, Raised, raised, stopIterationType, typeError, valueError } from '../objects/exceptions.ts';
import { Dict, Tuple } from '../objects/containers.ts';
import type { Globals, ModuleObject, Value } from '../objects/values.ts';
import { invoke } from './calls.ts';
import { Boundary, GeneratorObject, NativeFrame, PythonFrame, type Frame } from './frames.ts';
import { delegation, forIteration } from './instructions/iteration.ts';
import { Iterator, StepIterator } from './iterators.ts';
import { CHECKPOINT, Call, Next, Run, Send, Wait, Failure, type Steps } from './steps.ts';

/** Frames a program may be deep: Python's own limit. */
const RECURSION_LIMIT = 1000;
/** Jumps back and calls between two looks at the clock. */
const TICKS_PER_CHECKPOINT = 64;

export class Machine {
  readonly process: Process;
  readonly context: AppletContext;
  readonly builtins: Globals = new Map();
  readonly modules = new Map<string, ModuleObject>();
  /** Texts of the files that modules were loaded from, for tracebacks. */
  readonly sources = new Map<string, string>();
  /** What `atexit` was given to call at the end, with its arguments. */
  readonly exitHandlers: Call[] = [];
  frame: Frame | undefined;
  recursionLimit = RECURSION_LIMIT;
  depth = 0;
  /** Set when the program must let others in before it goes on. */
  pause: Promise<unknown> | undefined;
  /** Runs inside of functions that cannot wait. */
  #nested = 0;
  #ticks = 0;

  constructor(context: AppletContext) {
    this.context = context;
    this.process = context.process;
  }

  /** The environment of programs it starts: its own, as `os.environ` has been changed. */
  environment(): ReadonlyMap<string, string> {
    const environ = this.modules.get('os')?.attributes.get('environ');
    if (!(environ instanceof Dict)) return this.process.environment;
    return new Map([...environ.entries.values()].map(({ key, value }) => [nameText(key), nameText(value)]));
  }

  /** Calls something and gives its result, waiting as long as it takes. */
  async run(callable: Value, args: readonly Value[] = []): Promise<Value> {
    const boundary = this.#begin();
    try {
      const value = invoke(this, callable, args);
      if (value !== undefined) return value;
      for (;;) {
        const waiting = this.#advance(boundary);
        if (waiting === undefined) return boundary.result ?? null;
        await this.#resume(waiting);
      }
    } finally {
      this.frame = boundary.back;
    }
  }

  /** Calls what is to be called at the end, last first. */
  async runExitHandlers(): Promise<void> {
    for (const { callable, args } of this.exitHandlers.reverse()) await this.run(callable, args);
  }

  /** Calls something that must not wait, and gives its result at once. */
  callNow(callable: Value, args: readonly Value[] = []): Value {
    const boundary = this.#begin();
    const depth = this.depth;
    this.#nested++;
    try {
      const value = invoke(this, callable, args);
      if (value !== undefined) return value;
      if (this.#nested > 200) throw raised('RecursionError', 'maximum recursion depth exceeded');
      for (;;) {
        if (this.#advance(boundary) === undefined) return boundary.result ?? null;
        if (this.pause !== undefined) this.pause = undefined;
        else throw raised('RuntimeError', 'Strata cannot wait inside of this method');
      }
    } finally {
      this.#nested--;
      this.depth = depth;
      this.frame = boundary.back;
    }
  }

  /** The same for steps of Strata's own. */
  stepNow<T>(steps: Steps<T>): T {
    let result: T | undefined;
    const boundary = this.#begin();
    const depth = this.depth;
    this.#nested++;
    try {
      this.pushSteps(
        (function* () {
          result = yield* steps;
          return null;
        })(),
      );
      for (;;) {
        if (this.#advance(boundary) === undefined) return result as T;
        if (this.pause !== undefined) this.pause = undefined;
        else throw raised('RuntimeError', 'Strata cannot wait inside of this method');
      }
    } finally {
      this.#nested--;
      this.depth = depth;
      this.frame = boundary.back;
    }
  }

  /** Counts a jump back or a call; sets {@link pause} when it is time. */
  tick(): void {
    if (++this.#ticks % TICKS_PER_CHECKPOINT !== 0) return;
    this.process.work(TICKS_PER_CHECKPOINT - 1);
    const pause = this.process.checkpoint();
    if (pause !== undefined) this.pause = pause;
    else if (this.process.hasPendingSignal && this.process.nextSignal === 'INT') {
      this.process.takeSignal();
      throw raised('KeyboardInterrupt');
    }
  }

  /** Counts work that a function of Strata's does in one piece. */
  work(steps: number): void {
    this.process.work(Math.ceil(steps));
  }

  pushFrame(frame: PythonFrame): void {
    if (++this.depth > this.recursionLimit) {
      this.depth--;
      throw raised('RecursionError', 'maximum recursion depth exceeded');
    }
    this.tick();
    frame.back = this.frame;
    this.frame = frame;
  }

  pushSteps(steps: Steps<Value | undefined>, iterates = false): void {
    const frame = new NativeFrame(steps, iterates);
    frame.back = this.frame;
    this.frame = frame;
  }

  /** The innermost frame of the program itself. */
  get programFrame(): PythonFrame | undefined {
    let frame = this.frame;
    while (frame !== undefined && !(frame instanceof PythonFrame)) frame = frame.back;
    return frame;
  }

  /** The exception whose handler runs, of the innermost frame that has one. */
  get handled(): ExceptionObject | undefined {
    for (let frame = this.frame; frame !== undefined; frame = frame.back) {
      const last = frame instanceof PythonFrame ? frame.handling.at(-1) : undefined;
      if (last !== undefined) return last;
    }
    return undefined;
  }

  /** Ends the current frame, whose caller gets the value. */
  leave(value: Value): void {
    const frame = this.frame as PythonFrame;
    this.depth--;
    this.frame = frame.back;
    const { generator } = frame;
    if (generator === undefined) this.deliver(frame.result ?? value);
    else {
      generator.state = 'finished';
      this.exhaust(value);
    }
  }

  /** Puts the current frame, a generator's, aside; whoever asked for its next item gets the value. */
  suspend(value: Value): void {
    const frame = this.frame as PythonFrame;
    this.depth--;
    this.frame = frame.back;
    if (frame.generator !== undefined) frame.generator.state = 'suspended';
    this.deliver(value);
  }

  /** Lets a generator go on: `sent` is what its `yield` gives. */
  resumeGenerator(generator: GeneratorObject, sent: Value): void {
    if (generator.state === 'running') throw valueError('generator already executing');
    if (generator.state === 'finished') {
      if (generator.thrown !== undefined) throw new Raised(generator.thrown);
      this.exhaust(null);
      return;
    }
    if (generator.state === 'new') {
      if (sent !== null) throw typeError("can't send non-None value to a just-started generator");
    } else generator.frame.stack.push(sent);
    generator.state = 'running';
    this.pushFrame(generator.frame);
    const { thrown } = generator;
    if (thrown === undefined) return;
    generator.thrown = undefined;
    throw new Raised(thrown);
  }

  /** Asks an iterator for its next item, which is delivered to the current frame. */
  advance(iterator: Value): void {
    if (iterator instanceof GeneratorObject) this.resumeGenerator(iterator, null);
    else if (iterator instanceof StepIterator) this.pushSteps(iterator.next(), true);
    else if (iterator instanceof Iterator) {
      const item = iterator.next();
      if (item === undefined) this.exhaust(null);
      else this.deliver(item);
    } else {
      const method = iterator === null || typeof iterator !== 'object' ? undefined : iterator.cls.find('__next__');
      if (method === undefined) throw typeError(`'${typeNameOf(iterator)}' object is not an iterator`);
      const value = invoke(this, method, [iterator]);
      if (value !== undefined) this.deliver(value);
    }
  }

  /** Gives a value to the current frame, which waits for it. */
  deliver(value: Value): void {
    const { frame } = this;
    if (frame instanceof PythonFrame) frame.stack.push(value);
    else if (frame instanceof NativeFrame) frame.incoming = value;
    else if (frame !== undefined) frame.result = value;
  }

  /** Tells the current frame that the iterator it asked has no more items. */
  exhaust(value: Value): void {
    const { frame } = this;
    if (frame instanceof PythonFrame && endsLoop(frame, value)) return;
    if (frame instanceof NativeFrame && frame.asksNext) {
      frame.incoming = undefined;
      return;
    }
    throw new Raised(new ExceptionObject(stopIterationType, new Tuple(value === null ? [] : [value])));
  }

  #begin(): Boundary {
    const boundary = new Boundary();
    boundary.back = this.frame;
    this.frame = boundary;
    return boundary;
  }

  /** Runs until the boundary is reached (undefined), or something must be waited for. */
  #advance(boundary: Boundary): Promise<unknown> | undefined {
    for (;;) {
      const { frame } = this;
      if (frame === boundary) return undefined;
      try {
        if (frame instanceof PythonFrame) {
          this.#execute(frame);
          if (this.pause !== undefined) return this.pause;
        } else if (frame instanceof NativeFrame) {
          const waiting = this.#step(frame, () => frame.steps.next(frame.incoming));
          if (waiting !== undefined) return waiting;
        } else throw new Error('the machine has no frame to run');
      } catch (error) {
        this.#unwind(error, boundary);
      }
    }
  }

  #execute(frame: PythonFrame): void {
    const { handlers, operands } = frame.code;
    do {
      const at = frame.at++;
      handlers[at]!(frame, operands[at]!, this);
    } while (this.frame === frame && this.pause === undefined);
  }

  /** Lets a function of Strata's go on to what it asks for next. */
  #step(frame: NativeFrame, go: () => IteratorResult<unknown, Value | undefined>): Promise<unknown> | undefined {
    frame.asksNext = false;
    const { done, value } = go();
    if (done === true) {
      this.frame = frame.back;
      if (value !== undefined) this.deliver(value);
      else if (frame.iterates) this.exhaust(null);
      else this.deliver(null);
    } else if (value instanceof Call) {
      const result = invoke(this, value.callable, value.args, value.keywords);
      if (result !== undefined) this.deliver(result);
    } else if (value instanceof Next) {
      frame.asksNext = true;
      this.advance(value.iterator);
    } else if (value instanceof Run) this.pushFrame(value.frame);
    else if (value instanceof Send) this.resumeGenerator(value.generator, value.value);
    else if (value === CHECKPOINT) {
      frame.incoming = undefined;
      this.tick();
      return this.pause;
    } else if (value instanceof Wait) return value.promise;
    return undefined;
  }

  async #resume(waiting: Promise<unknown>): Promise<void> {
    if (waiting === this.pause) {
      this.pause = undefined;
      await waiting;
      return;
    }
    const { frame } = this;
    try {
      const value = await waiting;
      if (frame instanceof NativeFrame) frame.incoming = value;
    } catch (error) {
      if (!(frame instanceof NativeFrame)) throw error;
      frame.incoming = new Failure(error);
    }
  }

  /** Takes an exception outwards to the frame that handles it; throws it where the run began. */
  #unwind(thrown: unknown, boundary: Boundary): void {
    let error = asRaised(thrown);
    for (;;) {
      const { frame } = this;
      if (frame === boundary || frame === undefined || frame instanceof Boundary) throw error;
      if (frame instanceof NativeFrame) {
        if (frame.asksNext && error.exception.cls === stopIterationType) {
          frame.asksNext = false;
          frame.incoming = undefined;
          return;
        }
        try {
          const passed = error;
          const waiting = this.#step(frame, () => frame.steps.throw(passed));
          if (waiting !== undefined) frame.incoming = undefined;
          return;
        } catch (again) {
          error = asRaised(again);
          if (this.frame === frame) this.frame = frame.back;
        }
        continue;
      }
      if (this.#handle(frame, error)) return;
      this.depth--;
      this.frame = frame.back;
      if (frame.generator !== undefined) {
        frame.generator.state = 'finished';
        error = leavingGenerator(error);
      }
    }
  }

  #handle(frame: PythonFrame, error: Raised): boolean {
    const { exception } = error;
    if (exception.cls.isSubclassOf(stopIterationType) && endsLoop(frame, exception.args.items[0] ?? null)) return true;
    if (!error.again || exception.traceback.length === 0)
      exception.traceback.push({ code: frame.code, span: frame.code.spans[Math.max(0, frame.at - 1)]! });
    const block = frame.blocks.pop();
    if (block === undefined) return false;
    frame.stack.length = block.depth;
    frame.handling.length = block.handling;
    frame.exits.length = block.exits;
    frame.handling.push(exception);
    frame.at = block.handler;
    return true;
  }
}

function typeNameOf(value: Value): string {
  return value === null ? 'NoneType' : typeof value === 'object' ? value.cls.name : typeof value;
}

/** What JavaScript throws when its stack is used up is Python's RecursionError; all else that is no exception of the program passes. */
function asRaised(error: unknown): Raised {
  if (error instanceof Raised) return error;
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return raised('RecursionError', 'maximum recursion depth exceeded');
  throw error;
}

/** A generator that lets StopIteration out has a mistake (PEP 479). */
function leavingGenerator(error: Raised): Raised {
  if (!error.exception.cls.isSubclassOf(stopIterationType)) return error;
  const { exception } = raised('RuntimeError', 'generator raised StopIteration');
  exception.cause = error.exception;
  exception.context = error.exception;
  exception.suppressesContext = true;
  return new Raised(exception);
}

/** Where a frame waits for the next item of an iterator that has none: goes on behind its loop. */
function endsLoop(frame: PythonFrame, value: Value): boolean {
  const handler = frame.code.handlers[frame.at - 1];
  if (handler !== forIteration && handler !== delegation) return false;
  frame.stack.pop();
  if (handler === delegation) frame.stack.push(value);
  frame.at = frame.code.operands[frame.at - 1]!;
  return true;
}
