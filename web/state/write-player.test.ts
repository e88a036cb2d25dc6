import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appendWrites, NO_WRITES, type WriteLog } from './write-log.ts';
import { WritePlayer } from './write-player.svelte.ts';

function logOf(count: number): WriteLog {
  return appendWrites(
    NO_WRITES,
    Array.from({ length: count }, (_, place) => ({
      kind: 'create' as const,
      path: `/f${place}`,
      container: 'c',
      bytes: 1,
      timeMs: 0,
    })),
  );
}

describe('the player of writes', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows writes as they happen', () => {
    const player = new WritePlayer();
    player.follow(logOf(3));
    expect(player.shownID).toBe(3);
    player.follow(logOf(5));
    expect(player.shownID).toBe(5);
  });

  it('paused shows nothing more, then all of it', () => {
    const player = new WritePlayer();
    player.follow(logOf(1));
    player.togglePaused();
    player.follow(logOf(9));
    expect(player.shownID).toBe(1);
    player.togglePaused();
    expect(player.shownID).toBe(9);
  });

  it('slow shows them one after the other', () => {
    const player = new WritePlayer();
    player.toggleSlow();
    player.follow(logOf(3));
    expect(player.shownID).toBe(1);
    vi.advanceTimersByTime(1_500);
    expect(player.shownID).toBe(2);
    player.toggleSlow();
    expect(player.shownID).toBe(3);
  });

  it('a replay begins at the first and ends as the log stands, with what came meanwhile', () => {
    const player = new WritePlayer();
    player.follow(logOf(2));
    player.replay(logOf(2));
    expect([player.shownID, player.replaying]).toEqual([1, true]);
    player.follow(logOf(3));
    vi.advanceTimersByTime(5_000);
    expect([player.shownID, player.replaying]).toEqual([3, false]);
  });
});
