/** Runs a sed script over lines: pattern space, hold space, addresses, branches. */
import { placeBehind, type Expression } from '../../regex/expression.ts';
import type { AppletContext } from '../context.ts';
import type { Output } from '../streams.ts';
import type { LineReader } from './line-reader.ts';
import { SedOutput } from './output.ts';
import { replacementText } from './replacement.ts';
import type { SedAddress, SedCommand, SedSubstitution } from './script.ts';
import { PANIC } from './status.ts';

type Step = 'next-cycle' | 'restart' | 'quit' | undefined;

export class SedMachine {
  readonly #context: AppletContext;
  readonly #commands: readonly SedCommand[];
  readonly #labels: ReadonlyMap<string, number>;
  readonly #silent: boolean;
  readonly #reader: LineReader;
  readonly #output: SedOutput;
  /** For each command with a range: where it ends, as long as it is active. */
  readonly #activeRanges = new Map<SedCommand, number | 'expression'>();
  #pattern = '';
  #hold = '';
  #line = 0;
  #complete = true;
  #changed = false;
  #lastExpression: Expression | undefined;
  #status = 0;
  /** The script ends behind this cycle. */
  #quitting = false;

  constructor(
    context: AppletContext,
    commands: readonly SedCommand[],
    silent: boolean,
    reader: LineReader,
    out: Output,
  ) {
    this.#context = context;
    this.#commands = commands;
    this.#silent = silent;
    this.#reader = reader;
    this.#output = new SedOutput(context, out);
    this.#labels = new Map(
      commands.flatMap(({ action }, index) => (action.kind === 'label' ? [[action.label, index] as const] : [])),
    );
  }

  /** Runs to the end of input, or `q`; gives the exit status. */
  async run(): Promise<number> {
    const failure = await this.#prepare();
    if (failure !== undefined) return failure;
    let restart = false;
    for (;;) {
      const pause = this.#context.checkpoint();
      if (pause !== undefined) await pause;
      if (!restart && !(await this.#readLine())) return this.#status;
      const step = await this.#cycle();
      restart = step === 'restart';
      if (step === 'quit') return this.#status;
    }
  }

  /** Looks for the labels, and makes the files that are written to; gives the status where that fails. */
  async #prepare(): Promise<number | undefined> {
    const gnu = this.#context.flavour === 'gnu';
    for (const command of this.#commands) {
      const { action, start, end } = command;
      if (action.kind === 'branch' && action.label !== '' && !this.#labels.has(action.label)) {
        const quote = this.#context.word("'", '`');
        await this.#context.complain(`can't find label for jump to ${quote}${action.label}'`);
        return gnu ? PANIC : 1;
      }
      if (action.kind === 'file' && action.name === 'w') await this.#output.fileFor(action.path);
      if (action.kind === 'substitute' && action.writeTo !== undefined) await this.#output.fileFor(action.writeTo);
      // GNU's `0,/expression/` may end with the very first line
      if (gnu && start?.kind === 'line' && start.line === 0 && end?.kind === 'match')
        this.#activeRanges.set(command, 'expression');
    }
    return undefined;
  }

  /** Closes the files that were written to. */
  close(): Promise<void> {
    return this.#output.close();
  }

  async #readLine(): Promise<boolean> {
    const line = await this.#reader.next();
    if (line === undefined) return false;
    this.#pattern = line.text;
    this.#complete = line.complete;
    this.#line++;
    return true;
  }

  async #cycle(): Promise<Step> {
    this.#changed = false;
    const step = await this.#runCommands();
    if (step === 'restart') {
      await this.#output.flushAppended();
      return step;
    }
    if (step === undefined && !this.#silent) await this.#output.print(this.#pattern, this.#complete);
    await this.#output.flushAppended();
    return step === 'next-cycle' ? undefined : this.#quitting ? 'quit' : step;
  }

  async #runCommands(): Promise<Step> {
    for (let at = 0; at < this.#commands.length; at++) {
      const command = this.#commands[at];
      if (command === undefined) break;
      const selected = command.start === undefined || (await this.#selects(command));
      if (selected === command.negated) {
        if (command.action.kind === 'open') at = command.action.close;
        continue;
      }
      const { action } = command;
      if (action.kind === 'branch') {
        const jump = action.when === 'always' || this.#changed === (action.when === 'changed');
        if (action.when !== 'always') this.#changed = false;
        if (!jump) continue;
        const pause = this.#context.checkpoint();
        if (pause !== undefined) await pause;
        if (action.label === '') return undefined;
        at = this.#labels.get(action.label) ?? at;
        continue;
      }
      const step = await this.#execute(command);
      if (step !== undefined) return step;
      if (this.#quitting) return undefined;
    }
    return undefined;
  }

  async #execute(command: SedCommand): Promise<Step> {
    const { action } = command;
    switch (action.kind) {
      case 'simple':
        return this.#simple(action.name);
      case 'quit':
        this.#status = action.status;
        if (action.silent) return 'quit';
        this.#quitting = true;
        return undefined;
      case 'text':
        return this.#textCommand(command, action.name, action.text);
      case 'file':
        if (action.name === 'r') this.#output.appendFile(action.path);
        else await this.#output.writeTo(action.path, this.#pattern);
        return undefined;
      case 'translate':
        this.#pattern = [...this.#pattern].map((character) => action.map.get(character) ?? character).join('');
        return undefined;
      case 'substitute':
        await this.#substitute(action);
        return undefined;
      case 'label':
      case 'open':
      case 'close':
      case 'branch':
        return undefined;
    }
  }

  async #simple(name: string): Promise<Step> {
    switch (name) {
      case 'd':
        return 'next-cycle';
      case 'D': {
        const newline = this.#pattern.indexOf('\n');
        if (newline === -1) return 'next-cycle';
        this.#pattern = this.#pattern.slice(newline + 1);
        return 'restart';
      }
      case 'g':
        this.#pattern = this.#hold;
        break;
      case 'G':
        this.#pattern += `\n${this.#hold}`;
        break;
      case 'h':
        this.#hold = this.#pattern;
        break;
      case 'H':
        this.#hold += `\n${this.#pattern}`;
        break;
      case 'x':
        [this.#pattern, this.#hold] = [this.#hold, this.#pattern];
        break;
      case 'p':
        // busybox ends the line in any case, GNU sed only when there is more to come.
        await this.#output.print(this.#pattern, this.#context.flavour === 'busybox' || this.#complete);
        break;
      case 'P':
        await this.#output.print(this.#pattern.split('\n', 1)[0] ?? '');
        break;
      case 'l':
        if (this.#context.flavour === 'gnu') await this.#output.print(visible(this.#pattern));
        break;
      case '=':
        await this.#output.print(String(this.#line));
        break;
      case 'n':
        return this.#next();
      case 'N':
        return this.#appendNext();
    }
    return undefined;
  }

  async #next(): Promise<Step> {
    if (await this.#reader.isLast()) {
      // Without a next line the script ends, and the line is printed as at the end of a cycle.
      this.#quitting = true;
      return undefined;
    }
    if (!this.#silent) await this.#output.print(this.#pattern, this.#complete);
    await this.#output.flushAppended();
    await this.#readLine();
    return undefined;
  }

  async #appendNext(): Promise<Step> {
    if (await this.#reader.isLast()) {
      this.#quitting = true;
      return undefined;
    }
    await this.#output.flushAppended();
    const before = this.#pattern;
    await this.#readLine();
    this.#pattern = `${before}\n${this.#pattern}`;
    return undefined;
  }

  async #textCommand(command: SedCommand, name: 'a' | 'i' | 'c', text: string): Promise<Step> {
    if (name === 'a') {
      this.#output.appendText(text);
      return undefined;
    }
    if (name === 'i') {
      await this.#output.write(text);
      return undefined;
    }
    // In a range the text comes once, at its end.
    if (command.end === undefined || command.negated || !this.#activeRanges.has(command))
      await this.#output.write(text);
    return 'next-cycle';
  }

  async #substitute(action: SedSubstitution): Promise<void> {
    const expression = this.#expression(action.expression);
    if (expression === undefined) return;
    let count = 0;
    let out = '';
    let end = 0;
    let matchEnd = -1;
    let at = 0;
    while (at <= this.#pattern.length) {
      let match = expression.search(this.#pattern, this.#context.process, at);
      if (match instanceof Promise) match = await match;
      if (match === undefined) break;
      at = placeBehind(this.#pattern, match);
      const empty = match[0] === '';
      // An empty match right behind a match is none.
      const counts = !(empty && count > 0 && match.index === end && end > 0 && end === matchEnd);
      if (counts && ++count >= action.occurrence) {
        out += this.#pattern.slice(end, match.index) + replacementText(action.replacement, match);
        end = match.index + match[0].length;
        matchEnd = end;
        if (!action.global) break;
      } else if (counts) {
        matchEnd = match.index + match[0].length;
      }
    }
    if (count < action.occurrence) return;
    this.#pattern = out + this.#pattern.slice(end);
    this.#changed = true;
    if (action.print) await this.#output.print(this.#pattern, this.#complete);
    if (action.writeTo !== undefined) await this.#output.writeTo(action.writeTo, this.#pattern);
  }

  #expression(expression: Expression | undefined): Expression | undefined {
    this.#lastExpression = expression ?? this.#lastExpression;
    return this.#lastExpression;
  }

  async #selects(command: SedCommand): Promise<boolean> {
    const { start, end } = command;
    if (start === undefined) return true;
    if (end === undefined) return this.#matches(start);
    const active = this.#activeRanges.get(command);
    if (active === undefined) {
      if (!(await this.#matches(start))) return false;
      this.#beginRange(command, end);
      return true;
    }
    const over = active === 'expression' ? await this.#matches(end) : this.#line >= active;
    if (over) this.#activeRanges.delete(command);
    // A range whose last line is already behind us was over with the line before.
    if (active !== 'expression' && this.#line > active) return this.#selects(command);
    return true;
  }

  #beginRange(command: SedCommand, end: SedAddress): void {
    const last = this.#lastLineOf(end);
    if (last === 'expression' || last > this.#line) this.#activeRanges.set(command, last);
  }

  #lastLineOf(end: SedAddress): number | 'expression' {
    switch (end.kind) {
      case 'line':
        return end.line;
      case 'count':
        return this.#line + end.count;
      case 'multiple':
        return end.multiple <= 0 ? this.#line : Math.ceil(this.#line / end.multiple) * end.multiple;
      default:
        return 'expression';
    }
  }

  async #matches(address: SedAddress): Promise<boolean> {
    switch (address.kind) {
      case 'line':
        return this.#line === address.line;
      case 'last':
        return this.#reader.isLast();
      case 'step':
        return address.step === 0
          ? this.#line === address.first
          : this.#line >= address.first && (this.#line - address.first) % address.step === 0;
      case 'match': {
        const expression = this.#expression(address.expression);
        if (expression === undefined) return false;
        const found = expression.search(this.#pattern, this.#context.process);
        return (found instanceof Promise ? await found : found) !== undefined;
      }
      case 'count':
      case 'multiple':
        return false;
    }
  }
}

/** The notation of the `l` command. */
function visible(text: string): string {
  const known: Readonly<Record<string, string>> = {
    '\\': '\\\\',
    '\x07': '\\a',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
  };
  const shown = [...new TextEncoder().encode(text)].map((byte) => {
    const character = String.fromCharCode(byte);
    return known[character] ?? (byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : character);
  });
  return `${shown.join('')}$`;
}
