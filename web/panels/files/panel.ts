import type { Panel } from '../panel.ts';
import FilesPanel from './FilesPanel.svelte';

/** The union of all layers, path by path. */
export const filesPanel: Panel = {
  id: 'files',
  title: 'Files',
  prepare: ({ union, target, containers }) => void union.show(target, containers.writes),
  load: async () => ({ default: FilesPanel }),
};
