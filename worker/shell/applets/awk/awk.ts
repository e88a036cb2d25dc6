/** awk: runs a program over the records of its input (XCU awk; functions and words of busybox, with some of gawk's). */
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { AwkError, type Statement } from './ast.ts';
import { fromByteText } from './byte-text.ts';
import { readCommandLine, type CommandLine } from './command-line.ts';
import { ExpressionCompiler } from './expressions.ts';
import { FunctionTable } from './functions.ts';
import { lowerProgram } from './lowering.ts';
import { Names } from './names.ts';
import { parseProgram } from './parser.ts';
import { Runtime } from './runtime.ts';
import { FLOW, type Run, type Soon } from './flow.ts';
import { compileStatement } from './statements.ts';
import { InputText } from './values.ts';

export const awk: Applet = {
  names: ['awk', 'mawk', 'gawk'],
  summary: 'Pattern scanning and processing language',
  usage: '[OPTIONS] [AWK_PROGRAM] [FILE]...',
  async run(context) {
    let sourceName = 'cmd. line';
    let runtime: Runtime | undefined;
    try {
      const commandLine = await readCommandLine(context);
      ({ sourceName } = commandLine);
      const program = prepare(context, commandLine);
      ({ runtime } = program);
      await program.run();
      await runtime.channels.closeAll();
      return runtime.exitStatus;
    } catch (error) {
      if (!(error instanceof AwkError)) throw error;
      await runtime?.channels.flush();
      const place = error.line === undefined ? '' : `${sourceName}:${error.line}: `;
      return context.complain(place + fromByteText(error.message));
    }
  },
};

/** Compiles a program, and sets its variables as the command line says. */
function prepare(
  context: AppletContext,
  { source, assignments, operands }: CommandLine,
): { readonly runtime: Runtime; readonly run: () => Promise<void> } {
  const program = parseProgram(source);
  const names = new Names(program);
  const lowered = lowerProgram(program);
  const runtime = new Runtime(context, names, lowered.temporaries);
  const functions = new FunctionTable(runtime, lowered);
  for (const [name, { body }] of lowered.functions) {
    functions.define(name, compileStatement(new ExpressionCompiler(runtime, names.scope(name), functions), body));
  }
  const compiler = new ExpressionCompiler(runtime, names.scope(), functions);
  const compile = (statement: Statement): Run => compileStatement(compiler, statement);
  const [begin, main, end] = [compile(lowered.begin), compile(lowered.main), compile(lowered.end)];
  ['awk', ...operands].forEach((word, i) => runtime.array('ARGV').set(String(i), new InputText(word)));
  runtime.set('ARGC', operands.length + 1);
  for (const [name, value] of assignments) runtime.assign(name, value);
  return {
    runtime,
    run: async () => {
      const begun = await begin();
      if (begun !== FLOW.exit && lowered.readsInput) await eachRecord(runtime, main);
      // `exit` outside of END still runs END
      await end();
    },
  };
}

/** Runs the rules for each record of the input, until `exit`. */
async function eachRecord(runtime: Runtime, main: Run): Promise<void> {
  const { context, input } = runtime;
  for (;;) {
    let record: Soon<string | undefined> = input.next();
    if (record instanceof Promise) record = await record;
    if (record === undefined) return;
    runtime.countRecord();
    runtime.setRecord(record);
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    const ended = main();
    const flow = typeof ended === 'number' ? ended : await ended;
    if (flow === FLOW.exit) return;
    if (flow === FLOW.nextfile) input.skipFile();
  }
}
