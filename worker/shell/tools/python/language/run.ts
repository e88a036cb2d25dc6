/** Runs a program in a container's process: from its text to its exit status. */
import type { AppletContext } from '../../../applets/context.ts';
import { createMachine } from './builtins/install.ts';
import { integerOf } from './objects/classes.ts';
import { functionType, moduleType } from './objects/containers.ts';
import { ExceptionObject, Raised, systemExitType } from './objects/exceptions.ts';
import { FunctionObject, ModuleObject, type Globals, type Value } from './objects/values.ts';
import type { Code } from './compile/code.ts';
import { compileProgram } from './compile/compile.ts';
import { syntaxError } from './machine/syntax-errors.ts';
import type { Machine } from './machine/machine.ts';
import { formatException } from './machine/traceback.ts';
import { str } from './machine/representation.ts';
import { SyntaxProblem } from './syntax/syntax-problem.ts';
import { installSys, type Surroundings } from './modules/sys.ts';

export interface Program {
  readonly source: string;
  /** As tracebacks name it. */
  readonly file: string;
  /** Its lines may be shown: it is a file. */
  readonly isFile: boolean;
  /** Its path as it was given, for `__file__`. */
  readonly path: string | undefined;
}

/** Gives the exit status. */
export async function runProgram(context: AppletContext, program: Program, around: Surroundings): Promise<number> {
  context.process.dispositions.set('INT', 'handle');
  const machine = createMachine(context);
  installSys(machine, context, around);
  if (program.isFile) machine.sources.set(program.file, program.source);
  const globals: Globals = new Map<string, Value>([
    ['__name__', '__main__'],
    ['__doc__', null],
    ['__package__', null],
    ['__builtins__', machine.modules.get('builtins') ?? null],
  ]);
  if (program.path !== undefined) globals.set('__file__', program.path);
  machine.modules.set('__main__', new ModuleObject(moduleType, '__main__', globals));
  let status = 0;
  try {
    const code = compiled(program);
    if (code.doc !== undefined) globals.set('__doc__', code.doc);
    await machine.run(new FunctionObject(functionType, code, globals, [], new Map(), []));
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    status = await end(error.exception, context, machine);
  }
  await machine.runExitHandlers();
  await context.out.flush();
  return status;
}

function compiled(program: Program): Code {
  try {
    return compileProgram(program.source, program.file);
  } catch (error) {
    if (error instanceof SyntaxProblem) throw syntaxError(error, program.file, program.source);
    throw error;
  }
}

/** Prints what nobody handled; `sys.exit` gives its own status. */
async function end(exception: ExceptionObject, context: AppletContext, machine: Machine): Promise<number> {
  await context.out.flush();
  if (exception.cls.isSubclassOf(systemExitType)) {
    const [code = null] = exception.args.items.length > 1 ? [exception.args] : exception.args.items;
    if (code === null) return 0;
    const status = integerOf(code);
    if (status !== undefined) return Number(BigInt.asUintN(8, BigInt(status)));
    await context.err.write(`${str(code, machine)}\n`);
    return 1;
  }
  await context.err.write(formatException(exception, machine));
  return exception.cls.name === 'KeyboardInterrupt' ? 130 : 1;
}
