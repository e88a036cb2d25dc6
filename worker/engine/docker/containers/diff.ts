/** `docker diff`: what a container changed of its image. */
import type { Change } from '../../../vfs/view.ts';
import type { LiveContainer } from './live-container.ts';

const KINDS: Readonly<Record<Change['kind'], 'A' | 'C' | 'D'>> = { added: 'A', modified: 'C', deleted: 'D' };

export async function diffOf(container: LiveContainer) {
  const { view } = await container.root();
  return view.changes().map(({ kind, path }) => ({ Kind: KINDS[kind], Path: path }));
}
