/** How much of something a build has done, as BuildKit writes it. */
import type { StatusItem } from '../../base/progress.ts';
import { humanSize } from '../format/human-size.ts';

/** `1.20MB / 3.40MB`, `12B`; nothing where nothing is counted. */
export function amountText({ current, total }: Pick<StatusItem, 'current' | 'total'>): string {
  if (total > 0) return `${bytes(current)} / ${bytes(total)}`;
  return current > 0 ? bytes(current) : '';
}

/** BuildKit shows two decimals, and none for plain bytes. */
function bytes(amount: number): string {
  if (amount < 1000) return `${amount}B`;
  const [, digits = '', unit = ''] = /^([\d.]+)(\D+)$/.exec(humanSize(amount, 3)) ?? [];
  return `${Number(digits).toFixed(2)}${unit}`;
}
