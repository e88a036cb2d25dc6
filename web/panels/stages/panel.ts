import type { Panel } from '../panel.ts';

/** How the stages hang together, what each step took, and what ran at the same time. */
export const stagesPanel: Panel = { id: 'stages', title: 'Stages', load: () => import('./StagesPanel.svelte') };
