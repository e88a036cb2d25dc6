/** Runs a sed script over lines: pattern space, hold space, addresses, branches. */
import type { AppletContext } from './context.ts';
import { errorText } from './context.ts';
import type { LineReader } from './sed.ts';
import type { ReplacementPart, SedAddress, SedCommand, SedSubstitution } from './sed-script.ts';
import { placeBehind, type Expression, type Match } from '../regex/expression.ts';
import type { Output } from './streams.ts';

type Step = 'next-cycle' | 'restart' | 'quit' | undefined;

/** Status of GNU's sed when it cannot go on. */
const PANIC = 4;

export class SedMachine {
  readonly #context: AppletContext;
  readonly #commands: readonly SedCommand[];
  readonly #labels: ReadonlyMap<string, number>;
  readonly #silent: boolean;
  readonly #reader: LineReader;
  readonly #out: Output;
  readonly #files = new Map<string, Output & { close(): Promise<void> }>();
  /** For each command with a range: where it ends, as long as it is active. */
  readonly #activeRanges = new Map<SedCommand, number | 'expression'>();
  #pattern = '';
  #hold = '';
  #line = 0;
  #complete = true;
  #changed = false;
  #lastExpression: Expression | undefined;
  #appended: { readonly text: string; readonly file: boolean }[] = [];
  #status = 0;
  /** The last line printed had no newline: one comes before the next. */
  #pendingNewline = false;

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
    this.#out = out;
    this.#labels = new Map(
      commands.flatMap(({ action }, index) => (action.kind === 'label' ? [[action.label, index] as const] : [])),
    );
  }

  /** Runs to the end of input, or `q`; gives the exit status. */
  async run(): Promise<number> {
    for (const { action } of this.#commands) {
      if (action.kind === 'branch' && action.label !== '' && !this.#labels.has(action.label)) {
        await this.#context.complain(
          this.#context.word(
            `can't find label for jump to '${action.label}'`,
            `can't find label for jump to \`${action.label}'`,
          ),
        );
        return this.#context.flavour === 'gnu' ? PANIC : 1;
      }
      if (action.kind === 'file' && action.name === 'w') await this.#fileFor(action.path);
      if (action.kind === 'substitute' && action.writeTo !== undefined) await this.#fileFor(action.writeTo);
    }
    // GNU's `0,/expression/` may end with the very first line
    for (const command of this.#commands) {
      if (this.#context.flavour === 'busybox') break;
      if (command.start?.kind === 'line' && command.start.line === 0 && command.end?.kind === 'match')
        this.#activeRanges.set(command, 'expression');
    }
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

  async close(): Promise<void> {
    for (const file of this.#files.values()) await file.close();
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
      await this.#flushAppended();
      return step;
    }
    if (step === undefined && !this.#silent) await this.#print(this.#pattern);
    await this.#flushAppended();
    return step === 'next-cycle' ? undefined : this.#quitting ? 'quit' : step;
  }

  #quitting = false;

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
        if (action.name === 'r') this.#appended.push({ text: action.path, file: true });
        else await this.#writeTo(action.path);
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
        await this.#print(this.#pattern, this.#context.flavour === 'busybox');
        break;
      case 'P':
        await this.#print(this.#pattern.split('\n', 1)[0] ?? '', true);
        break;
      case 'l':
        if (this.#context.flavour === 'gnu') await this.#print(visible(this.#pattern), true);
        break;
      case '=':
        await this.#print(String(this.#line), true);
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
    if (!this.#silent) await this.#print(this.#pattern);
    await this.#flushAppended();
    await this.#readLine();
    return undefined;
  }

  async #appendNext(): Promise<Step> {
    if (await this.#reader.isLast()) {
      this.#quitting = true;
      return undefined;
    }
    await this.#flushAppended();
    const before = this.#pattern;
    await this.#readLine();
    this.#pattern = `${before}\n${this.#pattern}`;
    return undefined;
  }

  async #textCommand(command: SedCommand, name: 'a' | 'i' | 'c', text: string): Promise<Step> {
    if (name === 'a') {
      this.#appended.push({ text, file: false });
      return undefined;
    }
    if (name === 'i') {
      await this.#write(text);
      return undefined;
    }
    // In a range the text comes once, at its end.
    if (command.end === undefined || command.negated || !this.#activeRanges.has(command)) await this.#write(text);
    return 'next-cycle';
  }

  async #substitute(action: SedSubstitution): Promise<void> {
    const expression = this.#expression(action.expression);
    if (expression === undefined) return;
    let count = 0;
    let out = '';
    let end = 0;
    let at = 0;
    while (at <= this.#pattern.length) {
      let match = expression.search(this.#pattern, this.#context.process, at);
      if (match instanceof Promise) match = await match;
      if (match === undefined) break;
      at = placeBehind(this.#pattern, match);
      const empty = match[0] === '';
      // An empty match right behind a match is none.
      const counts = !(empty && count > 0 && match.index === end && end > 0 && this.#endedWithMatch(end));
      if (counts && ++count >= action.occurrence) {
        out += this.#pattern.slice(end, match.index) + replacementText(action.replacement, match);
        end = match.index + match[0].length;
        this.#matchEnd = end;
        if (!action.global) break;
      } else if (counts) {
        this.#matchEnd = match.index + match[0].length;
      }
    }
    if (count < action.occurrence) return;
    this.#pattern = out + this.#pattern.slice(end);
    this.#changed = true;
    if (action.print) await this.#print(this.#pattern);
    if (action.writeTo !== undefined) await this.#writeTo(action.writeTo);
  }

  #matchEnd = -1;

  #endedWithMatch(at: number): boolean {
    return this.#matchEnd === at;
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

  /** Prints a line; the pattern space without a newline at the end of input gets none. */
  async #print(text: string, always = false): Promise<void> {
    const newline = always || this.#complete;
    await this.#write(text + (newline ? '\n' : ''));
    this.#pendingNewline = !newline;
  }

  async #write(text: string): Promise<void> {
    const lead = this.#pendingNewline ? '\n' : '';
    this.#pendingNewline = false;
    const pause = this.#out.write(lead + text);
    if (pause !== undefined) await pause;
  }

  async #flushAppended(): Promise<void> {
    if (this.#appended.length === 0) return;
    for (const { text, file } of this.#appended.splice(0)) {
      if (!file) await this.#write(text);
      else await this.#copyFile(text);
    }
  }

  async #copyFile(path: string): Promise<void> {
    if (this.#context.files.find(path) === undefined && path !== '/dev/stdin') return;
    try {
      const input = await this.#context.open(path === '/dev/stdin' ? '-' : path);
      const text = await input.text();
      input.close();
      if (text !== '') await this.#write(text);
    } catch (error) {
      // A file that cannot be read is as good as empty.
      errorText(error);
    }
  }

  async #fileFor(path: string): Promise<Output> {
    if (path === '/dev/stdout') return this.#out;
    if (path === '/dev/stderr') return this.#context.err;
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const file = await this.#context.create(path);
    this.#files.set(path, file);
    return file;
  }

  async #writeTo(path: string): Promise<void> {
    const file = await this.#fileFor(path);
    await file.write(`${this.#pattern}\n`);
  }
}

function replacementText(parts: readonly ReplacementPart[], match: Match): string {
  let out = '';
  let mode: 'U' | 'L' | 'E' = 'E';
  let once: 'u' | 'l' | undefined;
  for (const part of parts) {
    if (part.kind === 'case') {
      if (part.change === 'u' || part.change === 'l') once = part.change;
      else mode = part.change;
      continue;
    }
    let text: string = part.kind === 'text' ? part.text : (match[part.group] ?? '');
    if (mode !== 'E') text = mode === 'U' ? text.toUpperCase() : text.toLowerCase();
    if (once !== undefined && text !== '') {
      text = (once === 'u' ? text.charAt(0).toUpperCase() : text.charAt(0).toLowerCase()) + text.slice(1);
      once = undefined;
    }
    out += text;
  }
  return out;
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
