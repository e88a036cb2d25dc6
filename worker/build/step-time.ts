/**
 * Time and chance inside a build, the same on every machine. Equal inputs must give equal images, so nothing a build stores may
 * tell when it was made: its first step is at {@link FIRST_STEP_MS}, each later one a second after the step it stands on, and
 * what a step reads of random devices comes of its cache key. `SOURCE_DATE_EPOCH` sets another time, one for all steps.
 */
import { utf8 } from '../base/bytes.ts';
import type { Clock, Random } from '../base/ports.ts';
import { Sha256 } from '../codec/sha256.ts';
import type { Tree, TreeNode } from '../vfs/tree.ts';

/** 2026-01-01T00:00:00Z: later than the images builds start from, and than most files they are given. */
export const FIRST_STEP_MS = Date.UTC(2026, 0, 1);

const BETWEEN_STEPS_MS = 1000;
/** More layers than a stack may have. */
const MOST_STEPS = 1000;

/** The time of a step that stands on this many layers, milliseconds. */
export function stepTimeMs(layersBelow: number, sourceDateEpoch: number | undefined): number {
  if (sourceDateEpoch !== undefined) return sourceDateEpoch * 1000;
  return FIRST_STEP_MS + layersBelow * BETWEEN_STEPS_MS;
}

/** True for a time that a build gave of itself, and that tells nothing of when it was. */
export function isStepTime(ms: number): boolean {
  return ms >= FIRST_STEP_MS && ms < FIRST_STEP_MS + MOST_STEPS * BETWEEN_STEPS_MS;
}

/** A clock that stands at a step's time and goes on by what the step sleeps. Waiting, and all that no file tells of, is `real`. */
export function stepClock(startMs: number, real: Clock): Clock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    monotonicMs: () => real.monotonicMs(),
    yieldTask: () => real.yieldTask(),
    async sleep(ms, signal) {
      const wakesMs = nowMs + ms;
      await real.sleep(ms, signal);
      nowMs = Math.max(nowMs, wakesMs);
    },
  };
}

/** Bytes that look like chance and are equal for equal seeds: xoshiro128** (Blackman and Vigna), started by the seed's digest. */
export function seededRandom(seed: string): Random {
  const digits = new Sha256().update(utf8(seed)).digestHex();
  const [first = 1, second = 0, third = 0, fourth = 0] = digits.match(/.{8}/g)?.map((word) => parseInt(word, 16)) ?? [];
  const state = Int32Array.of(first, second, third, fourth);
  let word = 0;
  let bytesLeft = 0;
  return {
    bytes(length) {
      const out = new Uint8Array(length);
      for (let index = 0; index < length; index++) {
        if (bytesLeft === 0) {
          word = nextWord(state);
          bytesLeft = 4;
        }
        out[index] = word;
        word >>>= 8;
        bytesLeft -= 1;
      }
      return out;
    },
  };
}

/** The next 32 bits; `state` goes on. */
function nextWord(state: Int32Array): number {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  const result = Math.imul(rotated(Math.imul(b, 5), 7), 9);
  const shifted = b << 9;
  c ^= a;
  d ^= b;
  b ^= c;
  a ^= d;
  c ^= shifted;
  d = rotated(d, 11);
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  return result;
}

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/**
 * A context with no file newer than the build's first step: when a file was last touched here is no part of a project. Older
 * times are kept, as COPY keeps them.
 */
export function withoutLaterTimes(tree: Tree): Tree {
  return { ...tree, root: clamped(tree.root) };
}

function clamped(node: TreeNode): TreeNode {
  const { inode } = node;
  const own = inode.mtimeMs <= FIRST_STEP_MS ? node : { ...node, inode: { ...inode, mtimeMs: FIRST_STEP_MS } };
  if (node.children === undefined) return own;
  let changed = own !== node;
  const children = new Map<string, TreeNode>();
  for (const [name, child] of node.children) {
    const kept = clamped(child);
    changed ||= kept !== child;
    children.set(name, kept);
  }
  return changed ? { ...own, children } : node;
}
