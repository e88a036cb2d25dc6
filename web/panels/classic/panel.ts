import type { Panel } from '../panel.ts';

/** The build as older Docker told it: a container and an image for each step, the way courses explain layers. */
export const classicPanel: Panel = { id: 'classic', title: 'Classic', load: () => import('./ClassicPanel.svelte') };
