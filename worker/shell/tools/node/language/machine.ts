/**
 * How interpreted code runs, and stops in between.
 *
 * A piece of a program is compiled to a {@link Code}: a plain function that gives its value, or {@link SUSPENDED} where it cannot
 * finish without letting others in. What is left of it is then a generator, handed over as {@link Running}; whoever asked for the value
 * becomes a generator too and gives that to the {@link Fiber}, which keeps the generators that wait for one another on a stack of its
 * own. So plain arithmetic costs no generator, calls may be as deep as Node's, and anything can pause anywhere: a loop that has used
 * up its fuel, `await`, `yield`, a file that is read.
 */

/** A value of an interpreted program. Objects are objects of the host whose prototypes are those of the {@link Realm}. */
export type Value = unknown;

/** Variables: the environment outside first, then a slot for each. */
export type Env = Value[];

/** Given in place of a value by what cannot finish at once; the rest of it is in {@link Machine.take}. */
export const SUSPENDED = Symbol('suspended');

/** A compiled piece: gives its value or {@link SUSPENDED}. */
export type Code = (env: Env) => Value;

/** The rest of a piece. It yields what it needs, and gets the value of that. */
export type Steps = Generator<Request, Value, Value>;

/** What a piece asks of whoever drives it. */
export type Request = Running | Interruption;

/** Where a fiber stops: to let others in, for a `yield` or an `await`, or until a promise of the host is settled. */
type Interruption =
  | { readonly kind: 'pause' }
  | { readonly kind: 'yield'; readonly value: Value }
  | { readonly kind: 'await'; readonly value: Value }
  | { readonly kind: 'wait'; readonly promise: Promise<Value> };

export const PAUSE: Request = { kind: 'pause' };

/** What became of a fiber that was driven on. */
export type Outcome = Interruption | { readonly kind: 'done'; readonly value: Value };

/** Names a function for stack traces. */
export interface Callee {
  readonly label: string;
  readonly unit: SourceUnit;
}

/** A file or text that was parsed. */
export interface SourceUnit {
  readonly name: string;
  readonly text: string;
}

/** A call that has not returned yet. */
export class Frame {
  readonly callee: Callee;
  readonly parent: Frame | undefined;
  readonly depth: number;
  /** Where it is in the text: the offset of what it does. */
  site = 0;

  constructor(callee: Callee, parent: Frame | undefined) {
    this.callee = callee;
    this.parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
  }
}

/** A piece that has begun and waits to be driven on. */
export class Running {
  readonly kind = 'run';
  readonly steps: Steps;
  /** The call it belongs to; that of whoever waits for it by default. */
  frame: Frame | undefined;

  constructor(steps: Steps, frame?: Frame) {
    this.steps = steps;
    this.frame = frame;
  }
}

/** Thrown for a value that the program throws. */
export class Thrown extends Error {
  override readonly name = 'Thrown';
  readonly value: Value;
  /** Where it was thrown. */
  readonly frame: Frame | undefined;
  readonly site: number;

  constructor(value: Value, frame: Frame | undefined) {
    super('thrown by the program');
    this.value = value;
    this.frame = frame;
    this.site = frame?.site ?? 0;
  }
}

/** Thrown into a generator that its reader leaves: `finally` runs, `catch` does not. */
export class Returning extends Error {
  override readonly name = 'Returning';
  readonly value: Value;

  constructor(value: Value) {
    super('left by its reader');
    this.value = value;
  }
}

/** Steps between two looks at whether others want in. */
const SLICE_STEPS = 1000;
/** Calls that may lie on the host's own stack. */
const MAX_NESTING = 60;
/** Calls that may wait for one another: about as many as Node allows for small functions. */
const MAX_DEPTH = 10_000;

/** The state of one running program. */
export class Machine {
  /** Steps left in this slice. */
  fuel = SLICE_STEPS;
  frame: Frame | undefined;
  /** Calls on the host's stack since the fiber was driven on. */
  nesting = 0;
  /** What a statement that returns gives. */
  returned: Value = undefined;
  /** The label that a break or continue is for. */
  label: string | undefined;
  /** Makes an error of the program of what a builtin of the host threw; gives back what is none of the program's business. */
  readonly adoptError: (error: unknown) => unknown;
  #running: Running | undefined;

  constructor(adoptError: (error: unknown) => unknown) {
    this.adoptError = adoptError;
  }

  /** Leaves the rest of a piece for {@link take}. */
  suspend(steps: Steps, frame?: Frame): typeof SUSPENDED {
    this.#running = new Running(steps, frame);
    return SUSPENDED;
  }

  /** Hands on what was just left. */
  suspendAgain(running: Running): typeof SUSPENDED {
    this.#running = running;
    return SUSPENDED;
  }

  take(): Running {
    const running = this.#running;
    if (running === undefined) throw new Error('nothing was suspended');
    this.#running = undefined;
    return running;
  }

  /** A new slice; gives the steps that the last one took. */
  refuel(): number {
    const used = SLICE_STEPS - this.fuel;
    this.fuel = SLICE_STEPS;
    return used;
  }

  /** True where a call should go by the fiber's stack: the host's is deep, or it is time to let others in. */
  get shouldLeaveStack(): boolean {
    return this.fuel <= 0 || this.nesting >= MAX_NESTING;
  }

  isTooDeep(frame: Frame): boolean {
    return frame.depth > MAX_DEPTH;
  }
}

/** A thread of interpreted code with a stack of its own: a script, a job, a generator, an async function. */
export class Fiber {
  readonly #machine: Machine;
  readonly #stack: Running[];

  constructor(machine: Machine, first: Running) {
    this.#machine = machine;
    first.frame ??= machine.frame;
    this.#stack = [first];
  }

  /** Goes on with the value of what was asked for. Throws what the code throws. */
  resume(value: Value): Outcome {
    return this.#drive(value, false);
  }

  /** Goes on with an error: what was asked for failed, or the fiber is to end. */
  fail(error: unknown): Outcome {
    return this.#drive(error, true);
  }

  #drive(first: unknown, firstIsError: boolean): Outcome {
    const machine = this.#machine;
    const stack = this.#stack;
    const { frame: outside, nesting } = machine;
    let input = first;
    let isError = firstIsError;
    try {
      for (;;) {
        const top = stack.at(-1);
        if (top === undefined) return { kind: 'done', value: input };
        machine.frame = top.frame;
        machine.nesting = 0;
        let result: IteratorResult<Request, Value>;
        try {
          result = isError ? top.steps.throw(input) : top.steps.next(input);
        } catch (error) {
          stack.pop();
          input = machine.adoptError(error);
          isError = true;
          if (stack.length === 0 && input instanceof Returning) return { kind: 'done', value: input.value };
          if (stack.length === 0 || !isOfProgram(input)) throw input;
          continue;
        }
        isError = false;
        if (result.done === true) {
          stack.pop();
          input = result.value;
        } else if (result.value.kind === 'run') {
          result.value.frame ??= top.frame;
          stack.push(result.value);
          input = undefined;
        } else return result.value;
      }
    } finally {
      machine.frame = outside;
      machine.nesting = nesting;
    }
  }
}

/** True for what programs throw and end; all else goes through them untouched. */
export function isOfProgram(error: unknown): boolean {
  return error instanceof Thrown || error instanceof Returning;
}

/** Drives a fiber to its end, or to its next `yield` or `await`, on behalf of the code that started it. */
export function* driveFiber(fiber: Fiber, first: () => Outcome): Generator<Request, Outcome, Value> {
  let outcome = first();
  while (outcome.kind === 'pause' || outcome.kind === 'wait') {
    let value: Value;
    try {
      value = yield outcome;
    } catch (error) {
      outcome = fiber.fail(error);
      continue;
    }
    outcome = fiber.resume(value);
  }
  return outcome;
}
