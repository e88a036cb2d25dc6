/**
 * Compiles statements to closures. A statement gives how it ended, at once unless it had to wait: a loop of millions of records
 * costs no task.
 */
import type { Expression, Redirection, Statement } from './ast.ts';
import type { ExpressionCompiler } from './expressions.ts';
import type { Sink } from './channels.ts';
import { formatValues } from './sprintf.ts';
import type { Value } from './values.ts';
import { compileWaitingBuiltin } from './waiting-builtins.ts';
import { compileGetline } from './getline.ts';
import { FLOW, type Run, type Soon } from './flow.ts';
import { orderedKeys } from './key-order.ts';

export function compileStatement(compiler: ExpressionCompiler, statement: Statement): Run {
  switch (statement.kind) {
    case 'expression': {
      const value = compiler.value(statement.value);
      return () => {
        value();
        return FLOW.normal;
      };
    }
    case 'keep':
      return compileKeep(compiler, statement.slot, statement.value);
    case 'print':
    case 'printf':
      return compilePrint(compiler, statement);
    case 'block':
      return sequence(statement.statements.map((inner) => compileStatement(compiler, inner)));
    case 'if': {
      const test = compiler.truth(statement.test);
      const yes = compileStatement(compiler, statement.yes);
      const no = statement.no === undefined ? () => FLOW.normal : compileStatement(compiler, statement.no);
      return () => (test() ? yes() : no());
    }
    case 'loop':
      return compileLoop(compiler, statement);
    case 'each':
      return compileEach(compiler, statement);
    case 'delete':
      return compileDelete(compiler, statement);
    case 'exit':
      return compileExit(compiler, statement.value);
    case 'return':
      return compileReturn(compiler, statement.value);
    case 'break':
    case 'continue':
    case 'next':
    case 'nextfile': {
      const flow = FLOW[statement.kind];
      return () => flow;
    }
  }
}

function sequence(runs: readonly Run[]): Run {
  const [first, second] = runs;
  if (first === undefined) return () => FLOW.normal;
  if (second === undefined) return first;
  const from = (start: number): Soon<number> => {
    for (let i = start; i < runs.length; i++) {
      const flow = runs[i]?.() ?? FLOW.normal;
      if (flow === FLOW.normal) continue;
      if (typeof flow === 'number') return flow;
      return flow.then((later) => (later === FLOW.normal ? from(i + 1) : later));
    }
    return FLOW.normal;
  };
  return () => from(0);
}

type Loop = Statement & { kind: 'loop' };

function compileLoop(compiler: ExpressionCompiler, loop: Loop): Run {
  const { runtime } = compiler;
  const before = sequence(loop.before.map((statement) => compileStatement(compiler, statement)));
  const test = loop.test === undefined ? () => true : compiler.truth(loop.test);
  const body = compileStatement(compiler, loop.body);
  const step = loop.step === undefined ? () => FLOW.normal : compileStatement(compiler, loop.step);
  const prepares = loop.before.length > 0;
  // a loop is at its test, or ahead of its body
  const goOn = (atTest: boolean): Soon<number> => {
    for (let testing = atTest; ; testing = true) {
      if (testing) {
        const prepared = prepares ? before() : FLOW.normal;
        if (typeof prepared !== 'number') return prepared.then(afterBefore);
        if (prepared !== FLOW.normal) return prepared;
        if (!test()) return FLOW.normal;
      }
      const pause = runtime.context.checkpoint();
      if (pause !== undefined) return pause.then(() => afterBody(body()));
      const flow = body();
      if (typeof flow !== 'number') return flow.then(afterBody);
      if (flow !== FLOW.normal && flow !== FLOW.continue) return flow === FLOW.break ? FLOW.normal : flow;
      const stepped = step();
      if (typeof stepped !== 'number') return stepped.then(afterStep);
      if (stepped !== FLOW.normal) return stepped;
    }
  };
  const afterBefore = (flow: number): Soon<number> => {
    if (flow !== FLOW.normal) return flow;
    return test() ? goOn(false) : FLOW.normal;
  };
  const afterStep = (flow: number): Soon<number> => (flow === FLOW.normal ? goOn(true) : flow);
  const afterBody = (ended: Soon<number>): Soon<number> => {
    if (typeof ended !== 'number') return ended.then(afterBody);
    if (ended !== FLOW.normal && ended !== FLOW.continue) return ended === FLOW.break ? FLOW.normal : ended;
    const stepped = step();
    return typeof stepped === 'number' ? afterStep(stepped) : stepped.then(afterStep);
  };
  return () => goOn(!loop.testLast);
}

function compileEach(compiler: ExpressionCompiler, statement: Statement & { kind: 'each' }): Run {
  const { runtime } = compiler;
  const array = compiler.array(statement.array);
  const target = compiler.target(statement.target);
  const body = compileStatement(compiler, statement.body);
  const from = (keys: readonly string[], start: number): Soon<number> => {
    for (let i = start; i < keys.length; i++) {
      target.write(target.locate(), keys[i] ?? '');
      const pause = runtime.context.checkpoint();
      const flow = pause === undefined ? body() : pause.then(body);
      if (typeof flow !== 'number') return flow.then((later) => after(later, keys, i + 1));
      if (flow === FLOW.break) return FLOW.normal;
      if (flow !== FLOW.normal && flow !== FLOW.continue) return flow;
    }
    return FLOW.normal;
  };
  const after = (flow: number, keys: readonly string[], next: number): Soon<number> => {
    if (flow === FLOW.break) return FLOW.normal;
    return flow === FLOW.normal || flow === FLOW.continue ? from(keys, next) : flow;
  };
  return () => from(orderedKeys(array()), 0);
}

function compileDelete(compiler: ExpressionCompiler, { array, index }: Statement & { kind: 'delete' }): Run {
  const elements = compiler.array(array);
  if (index === undefined) {
    return () => {
      elements().clear();
      return FLOW.normal;
    };
  }
  const key = compiler.key(index);
  return () => {
    elements().delete(key());
    return FLOW.normal;
  };
}

function compileExit(compiler: ExpressionCompiler, value: Expression | undefined): Run {
  const { runtime } = compiler;
  const status = value === undefined ? undefined : compiler.number(value);
  return () => {
    if (status !== undefined) runtime.exitStatus = Math.trunc(status()) & 0xff;
    return FLOW.exit;
  };
}

function compileReturn(compiler: ExpressionCompiler, value: Expression | undefined): Run {
  const { runtime } = compiler;
  const result = value === undefined ? () => undefined : compiler.value(value);
  return () => {
    runtime.frame.result = result();
    return FLOW.return;
  };
}

function compileKeep(compiler: ExpressionCompiler, slot: number, value: Expression): Run {
  const { runtime } = compiler;
  const keep = (kept: Value): void => {
    runtime.frame.values[slot] = kept;
  };
  if (value.kind === 'getline') return compileGetline(compiler, value, keep);
  if (value.kind === 'builtin') {
    const waiting = compileWaitingBuiltin(compiler, value, keep);
    if (waiting !== undefined) return waiting;
  }
  if (value.kind === 'call' && compiler.functions.waits(value.name)) {
    const call = compiler.functions.compileWaitingCall(compiler, value, keep);
    return () => {
      const flow = call();
      return typeof flow === 'number' ? leftCall(flow) : flow.then(leftCall);
    };
  }
  const compute = compiler.value(value);
  return () => {
    keep(compute());
    return FLOW.normal;
  };
}

/** What the caller goes on with when a function's body has ended. */
function leftCall(flow: number): number {
  return flow === FLOW.return ? FLOW.normal : flow;
}

type Print = Statement & { kind: 'print' | 'printf' };

function compilePrint(compiler: ExpressionCompiler, statement: Print): Run {
  const { runtime } = compiler;
  const { standard } = runtime.channels;
  // busybox writes as it computes: what stands before a mistake is printed.
  const begin = (line: string): void => void (statement.redirection === undefined && standard.write(line));
  const text =
    statement.kind === 'print' ? compileLine(compiler, statement.values, begin) : compileFormat(compiler, statement);
  const written = (pending: Promise<void> | undefined): Soon<number> =>
    pending === undefined ? FLOW.normal : pending.then(() => FLOW.normal);
  if (statement.redirection === undefined) return () => written(standard.write(text()));
  const sink = compileSink(compiler, statement.redirection);
  return () => {
    const shown = text();
    const opened = sink();
    return opened instanceof Promise
      ? opened.then((later) => written(later.write(shown)))
      : written(opened.write(shown));
  };
}

function compileSink(compiler: ExpressionCompiler, { mode, to }: Redirection): () => Soon<Sink> {
  const { channels } = compiler.runtime;
  const name = compiler.text(to);
  return () => channels.sink(mode, name());
}

/** The line `print` writes; `unfinished` gets what there is of it when computing the rest fails. */
function compileLine(
  compiler: ExpressionCompiler,
  values: readonly Expression[],
  unfinished: (line: string) => void,
): () => string {
  const { runtime } = compiler;
  const end = (): string => runtime.toText(runtime.get('ORS'));
  const [first, ...others] = values.map((value) => compiler.output(value));
  if (first === undefined) return () => runtime.record.text + end();
  if (others.length === 0) return () => first() + end();
  return () => {
    let line = first();
    const separator = runtime.toText(runtime.get('OFS'));
    try {
      for (const other of others) {
        line += separator;
        line += other();
      }
    } catch (error) {
      unfinished(line);
      throw error;
    }
    return line + end();
  };
}

function compileFormat(compiler: ExpressionCompiler, { values, line }: Print): () => string {
  const { runtime } = compiler;
  const [format = () => '', ...others] = values.map((value) => compiler.value(value));
  const text = (value: Value): string => runtime.toText(value);
  return () =>
    formatValues(
      text(format()),
      others.map((value) => value()),
      text,
      line,
    );
}
