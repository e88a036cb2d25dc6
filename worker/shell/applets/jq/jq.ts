/** jq: the language of jq 1.6, with the common parts of 1.7 */
import { decodeText } from '../../text.ts';
import type { Applet } from '../applet.ts';
import { errorText, type AppletContext } from '../context.ts';
import { JqSyntaxError, type Definition, type Node } from './ast.ts';
import { readCommandLine, type CommandLine } from './command-line.ts';
import { Evaluator } from './evaluator.ts';
import { ROOT, UndefinedFunction } from './scope.ts';
import { createFilterBuiltins, Halt } from './filter-builtins.ts';
import { JsonReader } from './json-reader.ts';
import { isTruthy, JqError, writeJson, type Json, type WriteOptions } from './json.ts';
import { parseDefinitions, parseProgram } from './parser.ts';
import { PAUSE } from './pauses.ts';
import { PLAIN_BUILTINS } from './plain-builtins.ts';
import { PRELUDE } from './prelude.ts';

const STATUS = { falseOutput: 1, usage: 2, compile: 3, noOutput: 4, error: 5 } as const;
/** Operations of the language between two pauses. */
const STEPS_PER_PAUSE = 1024;

let prelude: ReadonlyMap<string, Definition> | undefined;

function preludeDefinitions(): ReadonlyMap<string, Definition> {
  prelude ??= new Map(parseDefinitions(PRELUDE).map((one) => [`${one.name}/${one.parameters.length}`, one]));
  return prelude;
}

export const jq: Applet = {
  names: ['jq'],
  summary: 'Command-line JSON processor',
  usage: '[-rcnsejSRaj] [--arg NAME VALUE] [--argjson NAME JSON] [--tab] [--indent N] FILTER [FILE]...',
  usageStatus: STATUS.usage,
  async run(context) {
    const commandLine = await readCommandLine(context);
    if (typeof commandLine === 'number') return commandLine;
    let program: Node;
    try {
      program = parseProgram(commandLine.program);
    } catch (error) {
      if (!(error instanceof JqSyntaxError)) throw error;
      await context.err.write(
        `jq: error: ${error.message} (Unix shell quoting issues?) at <top-level>, line 1:\n${commandLine.program}\njq: 1 compile error\n`,
      );
      return STATUS.compile;
    }
    const { text, status } = await readInputs(context, commandLine.files);
    return new Run(context, commandLine, program, text).run(status);
  },
};

async function readInputs(context: AppletContext, files: readonly string[]): Promise<{ text: string; status: number }> {
  let text = '';
  let status = 0;
  for (const path of files.length === 0 ? ['-'] : files) {
    try {
      const input = await context.open(path);
      text += decodeText(await input.all());
      input.close();
    } catch (error) {
      await context.err.write(`jq: error: Could not open file ${path}: ${errorText(error)}\n`);
      status = STATUS.usage;
    }
  }
  return { text, status };
}

class Run {
  readonly #context: AppletContext;
  readonly #options: CommandLine;
  readonly #program: Node;
  readonly #evaluator: Evaluator;
  readonly #inputs: Inputs;
  #steps = 0;
  #messages = '';
  #last: Json | undefined;

  constructor(context: AppletContext, options: CommandLine, program: Node, text: string) {
    this.#context = context;
    this.#options = options;
    this.#program = program;
    this.#inputs = inputsOf(text, options);
    const filters = createFilterBuiltins(
      {
        next: () => this.#inputs.next(),
        debug: (message) => {
          this.#messages += message;
        },
        nowSeconds: () => context.process.kernel.clock.nowMs() / 1000,
      },
      (value) => writeJson(value),
    );
    const environment: Json = new Map([...context.env]);
    this.#evaluator = new Evaluator(
      { plain: PLAIN_BUILTINS, filters, definitions: preludeDefinitions() },
      new Map([...options.variables, ['ENV', environment]]),
      () => {
        if (++this.#steps < STEPS_PER_PAUSE) return false;
        this.#steps = 0;
        context.process.work(STEPS_PER_PAUSE);
        return true;
      },
    );
  }

  async run(initialStatus: number): Promise<number> {
    let status = initialStatus;
    try {
      if (this.#options.nullInput) status = (await this.#runOn(null)) ?? status;
      else
        for (let input = this.#inputs.next(); input !== undefined; input = this.#inputs.next())
          status = (await this.#runOn(input)) ?? status;
    } catch (error) {
      if (error instanceof Halt) return this.#halt(error);
      if (error instanceof UndefinedFunction) {
        await this.#tell(
          `jq: error: ${error.message} is not defined at <top-level>, line 1:\n${this.#options.program}\njq: 1 compile error\n`,
        );
        return STATUS.compile;
      }
      if (!(error instanceof JqError)) throw error;
      await this.#tell(`parse error: ${error.message}\n`);
      return STATUS.usage;
    }
    if (status !== 0 || !this.#options.exitStatus) return status;
    if (this.#last === undefined) return STATUS.noOutput;
    return isTruthy(this.#last) ? 0 : STATUS.falseOutput;
  }

  /** Prints what the program makes of an input; gives the status when it failed. */
  async #runOn(input: Json): Promise<number | undefined> {
    try {
      for (const value of this.#evaluator.values(this.#program, ROOT, input)) {
        const pause = this.#context.checkpoint();
        if (pause !== undefined) await pause;
        if (value === PAUSE) continue;
        this.#last = value;
        if (this.#messages !== '') await this.#tell('');
        await this.#context.out.write(this.#shown(value));
      }
      await this.#tell('');
      return undefined;
    } catch (error) {
      if (!(error instanceof JqError)) throw error;
      await this.#tell(
        `jq: error (at ${this.#options.nullInput ? '<unknown>' : `<stdin>:${this.#inputs.linesRead()}`})${typeof error.value === 'string' ? '' : ' (not a string)'}: ${typeof error.value === 'string' ? error.value : writeJson(error.value)}\n`,
      );
      return STATUS.error;
    }
  }

  #shown(value: Json): string {
    const { raw, joined, indent, sortKeys, ascii } = this.#options;
    const options: WriteOptions = { indent, sortKeys, ascii };
    return (raw && typeof value === 'string' ? value : writeJson(value, options)) + (joined ? '' : '\n');
  }

  async #tell(message: string): Promise<void> {
    const text = this.#messages + message;
    this.#messages = '';
    if (text === '') return;
    await this.#context.out.flush();
    await this.#context.err.write(text);
  }

  async #halt({ status, value }: Halt): Promise<number> {
    if (value !== undefined) await this.#tell(typeof value === 'string' ? value : `${writeJson(value)}\n`);
    return status;
  }
}

interface Inputs {
  next(): Json | undefined;
  linesRead(): number;
}

/** The inputs one after the other, as -s and -R want them. */
function inputsOf(text: string, { slurp, rawInput }: CommandLine): Inputs {
  const lines = text.split('\n');
  const total = lines.length - 1;
  if (rawInput) {
    if (lines.at(-1) === '') lines.pop();
    const values: Json[] = slurp ? [text] : lines;
    return { next: () => values.shift(), linesRead: () => total };
  }
  const reader = new JsonReader(text);
  if (!slurp) return { next: () => reader.next(), linesRead: () => reader.linesRead };
  let done = false;
  const readAll = (): Json | undefined => {
    if (done) return undefined;
    done = true;
    const all: Json[] = [];
    for (let value = reader.next(); value !== undefined; value = reader.next()) all.push(value);
    return all;
  };
  return { next: readAll, linesRead: () => total };
}
