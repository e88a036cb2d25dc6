/** What a panel is: one value. Adding a panel is a folder that exports one, and a line in `panels/index.ts`. */
import type { Component } from 'svelte';
import type { Workspace } from '../state/workspace.svelte.ts';

export interface Panel {
  readonly id: string;
  readonly title: string;
  /** A count or size beside the title. */
  readonly badge?: (workspace: Workspace) => string;
  /** Asks the engine for what it will need, while its tab is painted. Runs again when what it reads changes. */
  readonly prepare?: (workspace: Workspace) => void;
  /** Loaded when it is first shown. */
  readonly load: () => Promise<{ readonly default: Component }>;
}
