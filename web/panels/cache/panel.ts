import type { Panel } from '../panel.ts';

/** What came from the cache, what did not and why, and what a change would rebuild. */
export const cachePanel: Panel = { id: 'cache', title: 'Cache', load: () => import('./CachePanel.svelte') };
