/** What a key does in a tree, as the WAI-ARIA tree pattern has it. */
import type { UnionRows } from './union-rows.ts';

export interface TreeMove {
  /** Row to go to. */
  readonly active?: number;
  /** Folder to open or close. */
  readonly toggle?: string;
}

const PAGE = 20;

/** The move for a key; undefined for keys that mean nothing here. */
export function treeKey(key: string, rows: UnionRows, active: number): TreeMove | undefined {
  const last = rows.length - 1;
  const current = rows.at(active);
  switch (key) {
    case 'ArrowDown':
      return { active: Math.min(last, active + 1) };
    case 'ArrowUp':
      return { active: Math.max(0, active - 1) };
    case 'PageDown':
      return { active: Math.min(last, active + PAGE) };
    case 'PageUp':
      return { active: Math.max(0, active - PAGE) };
    case 'Home':
      return { active: 0 };
    case 'End':
      return { active: last };
    case 'ArrowRight':
      if (current?.hasChildren !== true) return {};
      return current.open ? { active: active + 1 } : { toggle: current.row.path };
    case 'ArrowLeft':
      if (current === undefined) return {};
      return current.open ? { toggle: current.row.path } : holderOf(rows, active, current.row.depth);
    case 'Enter':
    case ' ':
      return current?.hasChildren === true ? { toggle: current.row.path } : {};
    default:
      return undefined;
  }
}

function holderOf(rows: UnionRows, active: number, depth: number): TreeMove {
  for (let above = active - 1; above >= 0; above -= 1) {
    if ((rows.at(above)?.row.depth ?? 0) < depth) return { active: above };
  }
  return {};
}
