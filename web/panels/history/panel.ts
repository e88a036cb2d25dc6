import type { Panel } from '../panel.ts';

/** The instructions that made the image, and its configuration. */
export const historyPanel: Panel = { id: 'history', title: 'History', load: () => import('./HistoryPanel.svelte') };
