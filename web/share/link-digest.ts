/** Whether a link says the digest that its build should give. */
import type { BuildPhase } from '../state/build.svelte.ts';

/** `coming`: it will, once the build that runs is done. */
export type LinkDigest = 'said' | 'coming' | 'left-out';

/** What a link says as things stand. An image of an earlier build is not the digest of what is being built. */
export function linkDigest(phase: BuildPhase, wanted: boolean): LinkDigest {
  if (!wanted) return 'left-out';
  if (phase === 'running') return 'coming';
  return phase === 'done' ? 'said' : 'left-out';
}

/** Why there is no digest, beside the box that asks for it; empty where there is one. */
export function withoutDigest(phase: BuildPhase): string {
  switch (phase) {
    case 'done':
      return '';
    case 'running':
      return '(the build is running: it is added when that is done)';
    case 'failed':
      return '(the build failed: there is none)';
    case 'stopped':
      return '(the build was stopped: build it first)';
    case 'idle':
      return '(build it first)';
  }
}
