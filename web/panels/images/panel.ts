import type { Panel } from '../panel.ts';

/** All images in this browser. */
export const imagesPanel: Panel = {
  id: 'images',
  title: 'Images',
  badge: ({ images }) => (images.list.length === 0 ? '' : String(images.list.length)),
  load: () => import('./ImagesPanel.svelte'),
};
