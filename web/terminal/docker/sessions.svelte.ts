/** The terminals of a page: each a shell of its own, all on one machine. Kept while another panel is in front. */
import { untrack } from 'svelte';
import type { Workspace } from '../../state/workspace.svelte.ts';
import { ShellConsole } from './console.ts';
import { createEmulator, type Emulator } from './emulator.ts';
import { ProjectLedger } from './project-ledger.ts';

export interface TerminalSession {
  readonly id: string;
  readonly name: string;
  readonly emulator: Emulator;
}

export class TerminalSessions {
  readonly #workspace: Workspace;
  readonly #ledger = new ProjectLedger();
  #consoles: readonly { readonly id: string; readonly shell: ShellConsole }[] = [];
  #opened = 0;
  #all = $state.raw<readonly TerminalSession[]>([]);
  #chosen = $state('');

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.open();
  }

  get all(): readonly TerminalSession[] {
    return this.#all;
  }

  /** The one in front. There is always one. */
  get chosen(): TerminalSession | undefined {
    return this.#all.find(({ id }) => id === this.#chosen) ?? this.#all[0];
  }

  choose(id: string): void {
    this.#chosen = id;
  }

  /** A further terminal, in front. */
  open(): void {
    const number = ++this.#opened;
    const session = { id: String(number), name: `bash ${number}`, emulator: createEmulator() };
    this.#all = [...this.#all, session];
    this.#chosen = session.id;
  }

  rename(id: string, name: string): void {
    const wanted = name.trim();
    if (wanted === '') return;
    this.#all = this.#all.map((session) => (session.id === id ? { ...session, name: wanted } : session));
  }

  /** Ends its shell and what runs in it. In place of the last one a new one is opened. */
  close(id: string): void {
    const place = this.#all.findIndex((session) => session.id === id);
    const closed = this.#all[place];
    if (closed === undefined) return;
    this.#consoles.find((each) => each.id === id)?.shell.close();
    this.#consoles = this.#consoles.filter((each) => each.id !== id);
    this.#all = this.#all.filter((session) => session !== closed);
    closed.emulator.dispose();
    if (this.#all.length === 0) this.open();
    else if (this.#chosen === id) this.#chosen = (this.#all[place] ?? this.#all[place - 1])?.id ?? '';
  }

  /** Starts the shell, once the terminal has its size. */
  start({ id, emulator: { terminal } }: TerminalSession): void {
    if (this.#consoles.some((each) => each.id === id)) return;
    const { engine, project, settings, images, containers } = this.#workspace;
    const shell = new ShellConsole({
      screen: {
        get columns() {
          return terminal.cols;
        },
        write: (data) => terminal.write(data),
      },
      connect: (events) => {
        const client = engine.openTerminal({ columns: terminal.cols, rows: terminal.rows }, events);
        client.listImagesAsTree(untrack(() => settings.values.imageTree));
        return client;
      },
      project,
      ledger: this.#ledger,
      history: {
        get lines() {
          return settings.linesOf(project.id);
        },
        set lines(lines) {
          settings.setLines(project.id, lines);
        },
      },
      lineDone: () => void Promise.all([images.refresh(), containers.refresh()]),
    });
    this.#consoles = [...this.#consoles, { id, shell }];
    terminal.onData((data) => shell.type(data));
    terminal.onResize(({ cols, rows }) => shell.resize(cols, rows));
  }

  /** From now on; how terminals that are opened later do it, the settings say. */
  listImagesAsTree(tree: boolean): void {
    for (const { shell } of this.#consoles) shell.listImagesAsTree(tree);
  }

  /** Enters lines in the terminal in front, as if they were pasted: each when the one before has ended. */
  enter(lines: readonly string[]): void {
    const { id } = this.chosen ?? {};
    const shell = this.#consoles.find((each) => each.id === id)?.shell;
    shell?.type(`\u001b[200~${lines.map((line) => `${line}\r`).join('')}\u001b[201~`);
  }
}

const sessions = new WeakMap<Workspace, TerminalSessions>();

/** The terminals of a workspace, the first of which is opened when they are asked for first. */
export function sessionsOf(workspace: Workspace): TerminalSessions {
  const known = sessions.get(workspace);
  if (known !== undefined) return known;
  const made = new TerminalSessions(workspace);
  sessions.set(workspace, made);
  return made;
}
