import type { Panel } from '../panel.ts';

/** What is known to be weak in an image: packages with advisories, secrets in any layer, settings; and its bill of materials. */
export const scanPanel: Panel = {
  id: 'scan',
  title: 'Scan',
  badge({ scan, image }) {
    if (scan.report === undefined || !scan.isOf(image)) return '';
    const { secrets, advisories, weakSpots } = scan.report;
    return String(secrets.length + advisories.length + weakSpots.length);
  },
  load: () => import('./ScanPanel.svelte'),
};
