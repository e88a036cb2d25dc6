/** The panels at the right, in the order of their tabs. */
import { historyPanel } from './history/panel.ts';
import { imagesPanel } from './images/panel.ts';
import { layersPanel } from './layers/panel.ts';
import { filesPanel } from './files/panel.ts';
import type { Panel } from './panel.ts';

export const PANELS: readonly Panel[] = [layersPanel, filesPanel, historyPanel, imagesPanel];
