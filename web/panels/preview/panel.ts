import type { Panel } from '../panel.ts';

/** Pages that containers serve on published ports. */
export const previewPanel: Panel = {
  id: 'preview',
  title: 'Preview',
  badge: ({ preview }) => (preview.sites.length === 0 ? '' : String(preview.sites.length)),
  load: () => import('./PreviewPanel.svelte'),
};
