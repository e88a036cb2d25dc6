/**
 * The terminal as a person uses it: a prompt, a line with its editing, history and completion, and the keys of what runs.
 * It knows no page and no terminal emulator; those are handed in.
 *
 * The project goes to the machine before each line and comes back after it (`project-ledger.ts`); what a line wrote wins over
 * an edit of the same file made while it ran.
 */
import type { Completion, ProjectChanges, TerminalClient, TerminalEvents } from '../../../worker/api/types.ts';
import type { ProjectFiles } from '../../state/project-files.ts';
import { HistoryWalk, remember } from './command-history.ts';
import { startSearch, type HistorySearch } from './history-search.ts';
import { wantsMore } from './continuation.ts';
import { keysOf, type Key, type KeyName } from './keys.ts';
import { EMPTY_LINE, insertText, pressKey, replaceRange, withText, type TypedLine } from './line-edit.ts';
import { drawLine, type Prompt } from './line-view.ts';
import type { ProjectLedger } from './project-ledger.ts';
import { TypeAhead } from './type-ahead.ts';

export interface Screen {
  readonly columns: number;
  write(data: string | Uint8Array): void;
}

/** What a console needs of the page. */
export interface ConsoleParts {
  readonly screen: Screen;
  connect(events: TerminalEvents): TerminalClient;
  readonly project: {
    readonly id: string;
    readonly files: ProjectFiles;
    takeOver(changes: ProjectChanges): void;
  };
  /** What the machine knows of the project; all consoles of a page share it, as they share the machine. */
  readonly ledger: ProjectLedger;
  /** The lines typed before in the project that is open. */
  readonly history: { lines: readonly string[] };
  /** Images and containers may have changed. */
  lineDone(): void;
}

const GREETING =
  'Docker, in this page. Try \u001b[1mdocker images\u001b[0m, \u001b[1mdocker run -it busybox sh\u001b[0m or \u001b[1mhelp\u001b[0m.\r\n' +
  'This folder is the project: a file made here is in the editor, and the other way round.\r\n';
const GREEN = 32;
const PLAIN = 0;
const MORE: Prompt = { text: '> ', colour: GREEN };
const BRACKETED_PASTE = { on: '\u001b[?2004h', off: '\u001b[?2004l' };
const ENTER: Key = { kind: 'key', name: 'enter' };
const CLEAR_SCREEN = '\u001b[2J\u001b[H';
/** Sequences that a program prints for looks. */
const STYLES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[^[\]])/g; // eslint-disable-line no-control-regex -- sequences begin with a control character
const KEPT_TAIL = 1_000;

export class ShellConsole {
  readonly #parts: ConsoleParts;
  #client: TerminalClient;
  #cwd = '~/project';
  #line: TypedLine = EMPTY_LINE;
  /** Lines of a command that goes on below, each with its line feed. */
  #above = '';
  #cursorRow = 0;
  #walk: HistoryWalk | undefined;
  #search: HistorySearch | undefined;
  #running = false;
  #raw = false;
  /** Pasted keys that wait for the line before them. */
  #waiting: Key[] = [];
  readonly #ahead = new TypeAhead();
  /** What a running program printed since its last line feed: a question, as a rule. */
  #tail = '';
  #decoder = new TextDecoder();

  constructor(parts: ConsoleParts) {
    this.#parts = parts;
    this.#client = this.#connect();
    parts.screen.write(GREETING);
    this.#offerLine();
  }

  /** Takes what the terminal sent: keys and pasted text. */
  type(data: string): void {
    if (this.#raw) this.#give(data);
    else for (const key of keysOf(data)) this.#take(key);
  }

  /** Ends the shell and what runs in it. */
  close(): void {
    this.#client.close();
  }

  resize(columns: number, rows: number): void {
    this.#client.resize({ columns, rows });
  }

  listImagesAsTree(tree: boolean): void {
    this.#client.listImagesAsTree(tree);
  }

  #connect(): TerminalClient {
    return this.#parts.connect({
      onOutput: (data) => this.#print(data),
      onRawInput: (raw) => (this.#raw = raw),
    });
  }

  #print(data: Uint8Array): void {
    const text = this.#decoder.decode(data, { stream: true }).replace(STYLES, '');
    this.#tail = (this.#tail + text).slice(-KEPT_TAIL).replace(/^[^]*[\r\n]/, '');
    this.#cursorRow = 0;
    this.#parts.screen.write(data);
  }

  #take(key: Key): void {
    if (this.#search !== undefined && this.#takeInSearch(this.#search, key)) return;
    if (key.kind === 'key') this.#press(key.name);
    else if (key.kind === 'text') this.#edit(insertText(this.#line, key.text));
    else this.#paste(key.text);
  }

  /** Each whole line is entered as if typed, when the one before has ended; the last stays to be edited. */
  #paste(text: string): void {
    const lines = text.split('\n').map((line): Key => ({ kind: 'text', text: line }));
    this.#waiting.push(...lines.flatMap((line, place): Key[] => (place === 0 ? [line] : [ENTER, line])));
    this.#goOn();
  }

  #press(key: KeyName): void {
    switch (key) {
      case 'enter':
        this.#enter();
        break;
      case 'interrupt':
        this.#interrupt();
        break;
      case 'end-of-input':
        if (this.#line.text !== '') this.#edit(pressKey(this.#line, 'delete'));
        else if (this.#running) this.#client.input(new Uint8Array(0));
        else this.#edit(withText(this.#line, 'exit'), true);
        break;
      case 'clear':
        this.#parts.screen.write(CLEAR_SCREEN);
        this.#cursorRow = 0;
        this.#draw();
        break;
      case 'search':
        if (!this.#running) this.#seek(startSearch(this.#parts.history.lines, this.#line.text));
        break;
      case 'tab':
        if (this.#running) this.#edit(insertText(this.#line, '\t'));
        else void this.#complete();
        break;
      case 'up':
      case 'down':
        if (!this.#running) this.#recall(key === 'up' ? -1 : 1);
        break;
      default:
        this.#edit(pressKey(this.#line, key));
    }
  }

  #edit(line: TypedLine, enter = false): void {
    this.#walk = undefined;
    this.#line = line;
    this.#draw();
    if (enter) this.#enter();
  }

  /** Searching lines typed before: true when the key was of the search, which goes on or is given up. */
  #takeInSearch(search: HistorySearch, key: Key): boolean {
    if (key.kind === 'text') this.#seek(search.longer(key.text));
    else if (key.kind === 'key' && key.name === 'backspace') this.#seek(search.shorter());
    else if (key.kind === 'key' && key.name === 'search') this.#seek(search.older());
    else if (key.kind === 'key' && key.name === 'escape') this.#endSearch(search.typed);
    else {
      this.#endSearch(search.found);
      return false;
    }
    return true;
  }

  #seek(search: HistorySearch): void {
    this.#search = search;
    this.#line = withText(this.#line, search.found);
    this.#draw();
  }

  #endSearch(text: string): void {
    this.#search = undefined;
    this.#line = withText(this.#line, text);
    this.#draw();
  }

  #recall(step: -1 | 1): void {
    this.#walk ??= new HistoryWalk(this.#parts.history.lines, this.#line.text);
    this.#line = withText(this.#line, this.#walk.step(step));
    this.#draw();
  }

  /** Shows the line anew, behind the prompt or behind what the running program asks. */
  #draw(): void {
    const { screen } = this.#parts;
    const { output, cursorRow } = drawLine(this.#prompt(), this.#line, screen.columns, this.#cursorRow);
    this.#cursorRow = cursorRow;
    screen.write(output);
  }

  #prompt(): Prompt {
    if (this.#search !== undefined) return { text: this.#search.prompt, colour: PLAIN };
    if (this.#running) return { text: this.#tail, colour: PLAIN };
    return this.#above === '' ? { text: `${this.#cwd} $ `, colour: GREEN } : MORE;
  }

  #enter(): void {
    const { text } = this.#line;
    this.#leaveLine('');
    if (this.#running) {
      this.#give(`${text}\n`);
      return;
    }
    const whole = this.#above + text;
    if (wantsMore(whole)) {
      this.#above = `${whole}\n`;
      this.#draw();
      return;
    }
    this.#above = '';
    if (whole.trim() === '') this.#offerLine();
    else void this.#run(whole);
  }

  #interrupt(): void {
    this.#leaveLine('^C');
    this.#waiting = [];
    if (this.#running) {
      this.#client.interrupt();
      return;
    }
    this.#above = '';
    this.#offerLine();
  }

  /** Goes to a fresh row below the line, which is empty from then on. */
  #leaveLine(mark: string): void {
    this.#line = pressKey(this.#line, 'end');
    this.#draw();
    this.#parts.screen.write(`${mark}\r\n`);
    this.#line = { ...EMPTY_LINE, erased: this.#line.erased };
    this.#cursorRow = 0;
    this.#walk = undefined;
    this.#tail = '';
  }

  /** Hands keys to the program that runs. */
  #give(text: string): void {
    this.#ahead.add(text);
    this.#client.input(new TextEncoder().encode(text));
  }

  /** Runs a line, and types what none of its programs read behind the next prompt. */
  async #run(text: string): Promise<void> {
    this.#running = true;
    const unread = this.#ahead.takeUnread(await this.#runLine(text));
    this.#parts.lineDone();
    this.#running = false;
    this.#raw = false;
    if (this.#tail !== '') this.#parts.screen.write('\r\n');
    const unfinished = this.#line;
    if (unread !== '') this.#line = { ...EMPTY_LINE, erased: unfinished.erased };
    this.#offerLine();
    this.#goOn();
    if (unread === '') return;
    for (const key of [...keysOf(unread), ...keysOf(unfinished.text)]) this.#take(key);
  }

  /** Gives how many bytes of the input the line's programs read; all of them, where the line could not be run. */
  async #runLine(text: string): Promise<number> {
    const { project, history, screen, ledger } = this.#parts;
    const { id } = project;
    history.lines = remember(history.lines, text);
    screen.write(BRACKETED_PASTE.off);
    try {
      const { cwd, changes, ended, bytesRead } = await this.#client.runLine(text, ledger.outgoing(project.files));
      ledger.incoming(changes);
      // another project was opened meanwhile: this one's files stay as they were stored
      if (project.id === id) project.takeOver(changes);
      this.#cwd = cwd.replace(/^\/root(?=\/|$)/, '~');
      if (ended) this.#restart();
      return bytesRead;
    } catch (error) {
      screen.write(`\u001b[31m${error instanceof Error ? error.message : String(error)}\u001b[0m\r\n`);
      // who knows what the machine still has: it is told everything again
      ledger.forget();
      this.#restart();
      return Infinity;
    }
  }

  #restart(): void {
    this.#client.close();
    this.#cwd = '~/project';
    this.#client = this.#connect();
  }

  #offerLine(): void {
    this.#tail = '';
    this.#cursorRow = 0;
    this.#parts.screen.write(BRACKETED_PASTE.on);
    this.#draw();
  }

  /** Takes what was pasted, up to a line that runs. */
  #goOn(): void {
    while (!this.#running) {
      const key = this.#waiting.shift();
      if (key === undefined) return;
      this.#take(key);
    }
  }

  async #complete(): Promise<void> {
    const line = this.#line;
    const typed = line.text.slice(0, line.cursor);
    if (typed.trim() === '') return;
    const completion = await this.#client.complete(this.#above + typed);
    if (this.#line === line && !this.#running) this.#offer(line, completion, this.#above.length);
  }

  /** One candidate is taken, of several what they have in common; where that is nothing new, they are listed. */
  #offer(line: TypedLine, { start, candidates }: Completion, offset: number): void {
    const [first, ...others] = candidates;
    if (first === undefined) return;
    const from = start - offset;
    const common = others.length === 0 ? withSpace(first) : commonBeginning(candidates);
    if (common.length > line.cursor - from) {
      this.#edit(replaceRange(line, from, line.cursor, common));
      return;
    }
    this.#line = pressKey(line, 'end');
    this.#draw();
    this.#parts.screen.write(`\r\n${inColumns(candidates, this.#parts.screen.columns)}`);
    this.#line = line;
    this.#cursorRow = 0;
    this.#draw();
  }
}

/** A folder's name may go on; any other is whole. */
function withSpace(name: string): string {
  return name.endsWith('/') ? name : `${name} `;
}

function commonBeginning(names: readonly string[]): string {
  return names.reduce((common, name) => {
    let length = 0;
    while (length < common.length && common[length] === name[length]) length += 1;
    return common.slice(0, length);
  });
}

/** Names side by side, down the columns as `ls` puts them, each row with its end. */
function inColumns(names: readonly string[], columns: number): string {
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const across = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(names.length / across);
  return Array.from({ length: rows }, (_, row) => {
    const cells = names.filter((_name, place) => place % rows === row);
    return `${cells
      .map((name) => name.padEnd(width))
      .join('')
      .trimEnd()}\r\n`;
  }).join('');
}
