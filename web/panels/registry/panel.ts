import type { Panel } from '../panel.ts';

/** Registries: what they hold, who is logged in, what keeps this page out of them, how they are reached. */
export const registryPanel: Panel = {
  id: 'registry',
  title: 'Registry',
  load: () => import('./RegistryPanel.svelte'),
};
