import { formatBytes } from '../../ui/format.ts';
import type { Panel } from '../panel.ts';

/** Bytes that an image holds for nothing, why, and the edits that save them. */
export const wastePanel: Panel = {
  id: 'waste',
  title: 'Waste',
  badge: ({ waste, image }) =>
    waste.report === undefined || !waste.isOf(image) || waste.report.hiddenBytes === 0
      ? ''
      : formatBytes(waste.report.hiddenBytes),
  load: () => import('./WastePanel.svelte'),
};
