/** docker/go-units' own tests, as data. */
import { expect, it } from 'vitest';
import { describeVectors } from '../../../tests/vectors.ts';
import { humanDuration } from './human-duration.ts';
import { binarySize, humanSize, parseBinarySize, parseHumanSize } from './human-size.ts';

interface Bytes {
  readonly bytes: number;
}
interface Text {
  readonly text: string;
}
interface Parsed {
  readonly bytes?: number;
  readonly error?: boolean;
}

for (const [kind, write] of [
  ['human-size', humanSize],
  ['bytes-size', binarySize],
] as const) {
  describeVectors<Bytes, Text>('docker_formats', kind, (cases) => {
    it.each(cases)('$name', ({ input, expect: expected }) => {
      expect(write(input.bytes)).toBe(expected.text);
    });
  });
}

for (const [kind, read] of [
  ['from-human-size', parseHumanSize],
  ['ram-in-bytes', parseBinarySize],
] as const) {
  describeVectors<Text, Parsed>('docker_formats', kind, (cases) => {
    it.each(cases)('$name', ({ input, expect: expected }) => {
      // the vectors keep fractions that upstream's tests cut off
      if (expected.bytes !== undefined) expect(read(input.text)).toBe(Math.trunc(expected.bytes));
      else expect(() => read(input.text)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    });
  });
}

describeVectors<{ readonly nanoseconds: number }, Text>('docker_formats', 'duration', (cases) => {
  it.each(cases)('$name', ({ input, expect: expected }) => {
    expect(humanDuration(input.nanoseconds / 1_000_000)).toBe(expected.text);
  });
});
