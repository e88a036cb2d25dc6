import type { Panel } from '../panel.ts';
import LayersView from './LayersView.svelte';

/** The stack of layers: what one sees first, so it comes with the page. */
export const layersPanel: Panel = { id: 'layers', title: 'Layers', load: async () => ({ default: LayersView }) };
