/** The panels at the right, in the order of their tabs. */
import { cachePanel } from './cache/panel.ts';
import { classicPanel } from './classic/panel.ts';
import { historyPanel } from './history/panel.ts';
import { imagesPanel } from './images/panel.ts';
import { layersPanel } from './layers/panel.ts';
import { filesPanel } from './files/panel.ts';
import type { Panel } from './panel.ts';
import { previewPanel } from './preview/panel.ts';
import { registryPanel } from './registry/panel.ts';
import { scanPanel } from './scan/panel.ts';
import { stagesPanel } from './stages/panel.ts';
import { wastePanel } from './waste/panel.ts';

export const PANELS: readonly Panel[] = [
  layersPanel,
  filesPanel,
  stagesPanel,
  cachePanel,
  wastePanel,
  scanPanel,
  historyPanel,
  classicPanel,
  imagesPanel,
  registryPanel,
  previewPanel,
];
