import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from './bytes.ts';
import { compareUtf8, goJson, type JsonValue } from './json.ts';

describe('goJson', () => {
  it('escapes what Go escapes', () => {
    expect(goJson('<a href="x">&\u2028\u2029\n\t\b\u0001é\u007f')).toBe(
      '"\\u003ca href=\\"x\\"\\u003e\\u0026\\u2028\\u2029\\n\\t\\b\\u0001é\u007f"',
    );
  });

  it('keeps the order of an object and sorts a Map by bytes', () => {
    expect(goJson({ b: 1, a: [true, null, 'x'], left: undefined })).toBe('{"b":1,"a":[true,null,"x"]}');
    const map = new Map(['10', '9', 'b', '\u{1f600}', '\uff5e', 'a<'].map((key) => [key, {}] as const));
    expect(goJson(map)).toBe('{"10":{},"9":{},"a\\u003c":{},"b":{},"\uff5e":{},"\u{1f600}":{}}');
  });

  it('replaces halves of surrogate pairs, which Go strings cannot hold', () => {
    expect(goJson('a\ud800b')).toBe('"a\ufffdb"');
  });

  it('writes JSON that reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        expect(JSON.stringify(JSON.parse(goJson(value as JsonValue)))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('orders texts as their UTF-8 bytes do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(Math.sign(Buffer.compare(utf8(a), utf8(b))));
      }),
    );
  });
});
