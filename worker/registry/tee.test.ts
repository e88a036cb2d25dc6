import { describe, expect, it } from 'vitest';
import { readAll, streamOf, utf8, utf8Text } from '../base/bytes.ts';
import { lockstepTee } from './tee.ts';

/** Gives numbered chunks for ever, and counts them. */
function endless() {
  const state = { given: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        controller.enqueue(utf8(String(state.given++)));
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { state, stream };
}

describe('a tee in lockstep', () => {
  it('gives both branches all bytes', async () => {
    const [a, b] = lockstepTee(streamOf(utf8('one '), utf8('two '), utf8('three')));
    const [first, second] = await Promise.all([readAll(a), readAll(b)]);
    expect([utf8Text(first), utf8Text(second)]).toEqual(['one two three', 'one two three']);
  });

  it('reads no further than the slower branch', async () => {
    const { state, stream } = endless();
    const [a, b] = lockstepTee(stream);
    const [fast, slow] = [a.getReader(), b.getReader()];
    const reads = [fast.read(), fast.read(), fast.read()];
    await slow.read();
    await Promise.race([reads[0], new Promise((resolve) => setImmediate(resolve))]);
    expect(state.given).toBe(1);
    await slow.read();
    await reads[1];
    expect(state.given).toBe(2);
  });

  it('leaves the stream to the other branch when one is cancelled, and ends it with the second', async () => {
    const { state, stream } = endless();
    const [a, b] = lockstepTee(stream);
    const [left, right] = [a.getReader(), b.getReader()];
    await Promise.all([left.read(), right.read()]);
    const pending = right.read();
    await left.cancel();
    expect(utf8Text((await pending).value!)).toBe('1');
    expect(utf8Text((await right.read()).value!)).toBe('2');
    expect(state.cancelled).toBe(false);
    await right.cancel();
    expect(state.cancelled).toBe(true);
  });

  it('fails both branches when the source fails', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('lost'));
      },
    });
    const [a, b] = lockstepTee(broken);
    const results = await Promise.allSettled([readAll(a), readAll(b)]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  });
});
