import type { Panel } from '../panel.ts';

/** The union of all layers, path by path. */
export const filesPanel: Panel = { id: 'files', title: 'Files', load: () => import('./FilesPanel.svelte') };
