/** The page's icons: strokes in a square of 16, drawn by ui/Icon.svelte. */
export const ICONS = {
  add: 'M8 3.5v9M3.5 8h9',
  arrow: 'M3.5 8h9M9 4.5 12.5 8 9 11.5',
  check: 'm3.5 8.5 3 3 6-7',
  chevron: 'm6 4 4 4-4 4',
  close: 'm4 4 8 8M12 4l-8 8',
  code: 'm5.5 4.5-3.5 3.5 3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  dots: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  down: 'm4 6 4 4 4-4',
  download: 'M8 2.5v7.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  error: 'M8 4.5v4M8 11v.01M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8z',
  file: 'M9 1.8H4v12.4h8V5zM9 1.8V5h3',
  folder: 'M2 4h4.2l1.4 1.6H14V13H2z',
  layers: 'M2.5 5 8 2.2 13.5 5 8 7.8zM2.5 8 8 10.8 13.5 8M2.5 11 8 13.8 13.5 11',
  log: 'M3 4h10M3 8h7M3 12h9',
  pencil: 'm3 13 .7-2.8L10.6 3.3l2.1 2.1-6.9 6.9z',
  play: 'M5 3.2v9.6L12.6 8z',
  push: 'M8 13.5V6M4.5 9 8 5.5 11.5 9M2.5 2.5h11',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3l3.2 3.2',
  share:
    'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3A2.6 2.6 0 0 0 9.1 3.2L8 4.3M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1A2.6 2.6 0 0 0 6.9 12.8L8 11.7',
  stop: 'M4 4h8v8H4z',
  terminal: 'm3 4.5 3.5 3.5L3 11.5M8 12h5',
  theme: 'M8 2.2a5.8 5.8 0 1 0 0 11.6zM8 2.2a5.8 5.8 0 0 1 0 11.6',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9',
  tree: 'M3 2.5v9.5h4M3 6h4M9 4.5h4v3H9zM9 10.5h4v3H9z',
  upload: 'M8 10.5V3M4.5 6.5 8 3l3.5 3.5M2.5 13.5h11',
  warning: 'M8 6v3.5M8 11.8v.01M8 2 14.5 13.8H1.5z',
} as const;

export type IconName = keyof typeof ICONS;
