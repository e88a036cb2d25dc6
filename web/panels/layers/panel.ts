import type { Panel } from '../panel.ts';

/** The stack of layers. */
export const layersPanel: Panel = { id: 'layers', title: 'Layers', load: () => import('./LayersView.svelte') };
