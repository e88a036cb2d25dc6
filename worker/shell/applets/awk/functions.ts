/** Calls of the functions a program defines. */
import { AwkError, type Expression } from './ast.ts';
import type { ExpressionCompiler } from './expressions.ts';
import type { LoweredProgram } from './lowering.ts';
import type { Run } from './flow.ts';
import { createFrame, type Frame, type Runtime } from './runtime.ts';
import type { AwkArray, Value } from './values.ts';

/** Calls within each other after which the stack is left once, so that it never overflows. */
const STACK_CALLS = 200;

interface CompiledFunction {
  readonly frameSize: number;
  readonly parameters: number;
  readonly waits: boolean;
  run: Run;
}

export class FunctionTable {
  readonly #runtime: Runtime;
  readonly #functions = new Map<string, CompiledFunction>();

  constructor(runtime: Runtime, { functions }: LoweredProgram) {
    this.#runtime = runtime;
    for (const [name, { definition, temporaries, waits }] of functions) {
      const parameters = definition.parameters.length;
      this.#functions.set(name, { frameSize: parameters + temporaries, parameters, waits, run: () => 0 });
    }
  }

  /** Gives a function its body, which may call any other. */
  define(name: string, run: Run): void {
    this.#get(name).run = run;
  }

  /** A call inside an expression, of a function that never waits. */
  compileCall(compiler: ExpressionCompiler, call: Expression & { kind: 'call' }): () => Value {
    const runtime = this.#runtime;
    const called = this.#get(call.name);
    const fill = this.#compileArguments(compiler, call);
    return () => {
      const frame = createFrame(called.frameSize);
      fill(frame);
      const caller = runtime.frame;
      runtime.frame = frame;
      // at once: a function that may wait is never called here
      void called.run();
      runtime.frame = caller;
      return frame.result;
    };
  }

  /** A call that may wait, or leave by `next` or `exit`: gives what its body ended with, and the result to `take`. */
  compileWaitingCall(
    compiler: ExpressionCompiler,
    call: Expression & { kind: 'call' },
    take: (result: Value) => void,
  ): Run {
    const runtime = this.#runtime;
    const called = this.#get(call.name);
    const fill = this.#compileArguments(compiler, call);
    return () => {
      const frame = createFrame(called.frameSize);
      fill(frame);
      const caller = runtime.frame;
      const leave = (flow: number): number => {
        runtime.depth--;
        runtime.frame = caller;
        take(frame.result);
        return flow;
      };
      runtime.enter(call.line);
      runtime.frame = frame;
      const flow = runtime.depth % STACK_CALLS === 0 ? Promise.resolve().then(() => called.run()) : called.run();
      return typeof flow === 'number' ? leave(flow) : flow.then(leave);
    };
  }

  /** True where a call has to stand in a statement of its own. */
  waits(name: string): boolean {
    return this.#get(name).waits;
  }

  #get(name: string): CompiledFunction {
    const called = this.#functions.get(name);
    if (called === undefined) throw new AwkError('Call to undefined function');
    return called;
  }

  #compileArguments(
    compiler: ExpressionCompiler,
    { name, args }: Expression & { kind: 'call' },
  ): (frame: Frame) => void {
    const { parameters } = this.#get(name);
    const scalars: (readonly [slot: number, value: () => Value])[] = [];
    const arrays: (readonly [slot: number, array: () => AwkArray])[] = [];
    args.slice(0, parameters).forEach((argument, slot) => {
      const takesArray = this.#runtime.names.takesArray(name, slot);
      if (takesArray && argument.kind === 'variable') arrays.push([slot, compiler.array(argument.name)]);
      else if (!takesArray) scalars.push([slot, compiler.value(argument)]);
    });
    return (frame) => {
      for (const [slot, value] of scalars) frame.values[slot] = value();
      for (const [slot, array] of arrays) frame.arrays[slot] = array();
    };
  }
}
