/** What the page remembers of how a person likes it: theme, panes, panels. Kept in localStorage, never in a project. */
import { untrack } from 'svelte';
import { holdsPassword } from './secret-lines.ts';
import { SETTINGS_KEY, storedFields } from './stored-fields.ts';

export type Theme = 'system' | 'light' | 'dark';

interface Values {
  readonly theme: Theme;
  /** Build while typing. */
  readonly live: boolean;
  readonly rightPanel: string;
  readonly bottomPanel: string;
  readonly phoneView: string;
  /** Id of the open lesson; empty for none. */
  readonly lesson: string;
  /** Steps done, by the lesson's id. */
  readonly lessonSteps: Readonly<Record<string, number>>;
  readonly openBase: boolean;
  readonly xray: boolean;
  /** A project was stored in this browser: the first one need not be shown while it is looked for. */
  readonly returning: boolean;
  /** Shortcuts of one key, without Ctrl. */
  readonly singleKeys: boolean;
  /** The terminal tells screen readers what it shows; costs a little of its speed. */
  readonly terminalSpoken: boolean;
  /** `docker images` in the form of Docker 29. */
  readonly imageTree: boolean;
  /** Hints that need not be told again. */
  readonly seenHints: readonly string[];
  /** Sizes of panes by name: a share of their frame between 0 and 1. */
  readonly panes: Readonly<Record<string, number>>;
  /** Lines typed in the terminal, oldest first, by the project's id. */
  readonly lines: Readonly<Record<string, readonly string[]>>;
}

const DEFAULTS: Values = {
  theme: 'system',
  live: true,
  rightPanel: 'layers',
  bottomPanel: 'log',
  phoneView: 'code',
  lesson: '',
  lessonSteps: {},
  openBase: false,
  xray: true,
  returning: false,
  singleKeys: true,
  terminalSpoken: true,
  imageTree: false,
  seenHints: [],
  panes: {},
  lines: {},
};

/** Projects whose history is kept. */
const MAX_HISTORIES = 20;

/** The settings of this browser. Works without storage too: then they last as long as the page. */
export class Settings {
  /** Each by itself: a panel that is opened must not make the editor colour its text anew. */
  readonly #values = $state<{ -readonly [Key in keyof Values]: Values[Key] }>({ ...DEFAULTS });
  readonly #storage: Storage | undefined;

  constructor(storage: Storage | undefined) {
    this.#storage = storage;
    Object.assign(this.#values, parseSettings(storage?.getItem(SETTINGS_KEY) ?? null));
  }

  get values(): Values {
    return this.#values;
  }

  /** Changes some of them, and remembers. */
  set(change: Partial<Values>): void {
    Object.assign(this.#values, change);
    try {
      this.#storage?.setItem(
        SETTINGS_KEY,
        untrack(() => JSON.stringify(this.#values)),
      );
    } catch {
      // Full or forbidden storage loses a preference, nothing more.
    }
  }

  /** Size of a pane, or what it has by default. */
  pane(name: string, fallback: number): number {
    return this.#values.panes[name] ?? fallback;
  }

  /** The terminal's history of a project. */
  linesOf(project: string): readonly string[] {
    return this.#values.lines[project] ?? [];
  }

  /** Keeps a project's history; of other projects those used last. */
  setLines(project: string, lines: readonly string[]): void {
    const others = Object.entries(this.#values.lines).filter(([id]) => id !== project);
    this.set({ lines: Object.fromEntries([...others.slice(1 - MAX_HISTORIES), [project, lines]]) });
  }

  setPane(name: string, size: number): void {
    this.set({ panes: { ...this.#values.panes, [name]: size } });
  }
}

/** Stored settings, checked field by field; what is missing or odd is as by default. */
export function parseSettings(stored: string | null): Values {
  const found = storedFields(stored);
  const text = (key: 'rightPanel' | 'bottomPanel' | 'phoneView' | 'lesson'): string => {
    const value = found[key];
    return typeof value === 'string' ? value : DEFAULTS[key];
  };
  const flag = (
    key: 'live' | 'openBase' | 'xray' | 'returning' | 'singleKeys' | 'terminalSpoken' | 'imageTree',
  ): boolean => {
    const value = found[key];
    return typeof value === 'boolean' ? value : DEFAULTS[key];
  };
  const { theme, panes, lines, seenHints, lessonSteps } = found;
  const entriesOf = (value: unknown): [string, unknown][] =>
    typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    live: flag('live'),
    rightPanel: text('rightPanel'),
    bottomPanel: text('bottomPanel'),
    phoneView: text('phoneView'),
    lesson: text('lesson'),
    lessonSteps: Object.fromEntries(
      entriesOf(lessonSteps).filter((entry): entry is [string, number] => Number.isInteger(entry[1])),
    ),
    openBase: flag('openBase'),
    xray: flag('xray'),
    returning: flag('returning'),
    singleKeys: flag('singleKeys'),
    terminalSpoken: flag('terminalSpoken'),
    imageTree: flag('imageTree'),
    seenHints: Array.isArray(seenHints) ? seenHints.filter((id) => typeof id === 'string') : [],
    panes: Object.fromEntries(
      entriesOf(panes).filter(
        (entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0 && entry[1] < 1,
      ),
    ),
    lines: Object.fromEntries(
      entriesOf(lines).map(([project, typed]) => [
        project,
        Array.isArray(typed) ? typed.filter((line) => typeof line === 'string' && !holdsPassword(line)) : [],
      ]),
    ),
  };
}
