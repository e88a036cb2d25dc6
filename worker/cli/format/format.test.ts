import { describe, expect, it } from 'vitest';
import { formatFloat } from './go-float.ts';
import { quoteGo, unquoteGo } from './go-quote.ts';
import { formatGoTime, formatRfc3339Nano, goTimeAt, parseGoTime, ZERO_TIME } from './go-time.ts';
import { humanSize, parseBinarySize } from './human-size.ts';
import { ellipsis, shortId } from './shorten.ts';
import { alignColumns } from './text-table.ts';

describe('formatFloat', () => {
  it.each([
    [0, 'g', undefined, '0'],
    [-0, 'g', undefined, '-0'],
    [0.5, 'g', undefined, '0.5'],
    [1e6, 'g', undefined, '1e+06'],
    [123456, 'g', undefined, '123456'],
    [0.0001, 'g', undefined, '0.0001'],
    [0.00001, 'g', undefined, '1e-05'],
    [1062500, 'g', 4, '1.062e+06'],
    [1.0625, 'g', 4, '1.062'],
    [1.0635, 'g', 4, '1.063'],
    [1.1875, 'g', 4, '1.188'],
    [999.96, 'g', 4, '1000'],
    [99999, 'g', 4, '1e+05'],
    [2.5, 'f', 0, '2'],
    [3.5, 'f', 0, '4'],
    [0.05, 'f', 1, '0.1'],
    [0.25, 'f', 1, '0.2'],
    [9.996, 'f', 2, '10.00'],
    [0.001, 'f', 6, '0.001000'],
    [0.0004, 'f', 2, '0.00'],
    [1234.5, 'e', 2, '1.23e+03'],
    [
      1e100,
      'f',
      0,
      '10000000000000000159028911097599180468360808563945281389781327557747838772170381060813469985856815104',
    ],
    [5e-324, 'e', 3, '4.941e-324'],
    [Infinity, 'f', 2, '+Inf'],
    [NaN, 'g', undefined, 'NaN'],
  ] as const)('%s as %s with precision %s is %s', (value, form, precision, text) => {
    expect(formatFloat(value, form, precision)).toBe(text);
  });
});

describe('Go literals', () => {
  it('are quoted and read back', () => {
    expect(quoteGo('a"b\\\n\t\u0000\u00e4\u200b\u{1f600}')).toBe('"a\\"b\\\\\\n\\t\\x00ä\\u200b😀"');
    expect(quoteGo("it's", "'")).toBe("'it\\'s'");
    expect(quoteGo('ä', '"', true)).toBe('"\\u00e4"');
    expect(unquoteGo('"a\\"b\\n\\x41\\u00e4\\U0001f600\\101"')).toBe('a"b\nAä😀A');
    expect(unquoteGo('`a\\n\r`')).toBe('a\\n');
  });

  it.each(['"', '"a', '"\\z"', '"\\400"', '"\\\'"', '"\\x4"'])('%s is none', (literal) => {
    expect(() => unquoteGo(literal)).toThrow('invalid syntax');
  });
});

describe('Go times', () => {
  it('are read and written to the nanosecond', () => {
    const time = parseGoTime('2026-11-21T15:51:27.703071311Z');
    expect(formatGoTime(time)).toBe('2026-11-21 15:51:27.703071311 +0000 UTC');
    expect(formatRfc3339Nano(time)).toBe('2026-11-21T15:51:27.703071311Z');
    expect(formatRfc3339Nano(parseGoTime('2026-01-02T03:04:05.120-01:30'))).toBe('2026-01-02T03:04:05.12-01:30');
    expect(formatGoTime(goTimeAt(1_500))).toBe('1970-01-01 00:00:01.5 +0000 UTC');
    expect(parseGoTime('1970-01-01T01:00:00.25+01:00')).toEqual({
      seconds: 0,
      nanoseconds: 250_000_000,
      offsetSeconds: 3600,
    });
  });

  it('have a zero in the year 1', () => {
    expect(formatRfc3339Nano(ZERO_TIME)).toBe('0001-01-01T00:00:00Z');
    expect(parseGoTime('0001-01-01T00:00:00Z')).toEqual(ZERO_TIME);
  });

  it.each(['', '2026-13-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-01-01 00:00:00', '2026-01-01T24:00:00Z'])(
    '%j is none',
    (text) => {
      expect(() => parseGoTime(text)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    },
  );
});

describe('sizes', () => {
  it('round halves to even, as Go does', () => {
    expect(humanSize(1_062_500)).toBe('1.062MB');
    expect(humanSize(4_261_550, 3)).toBe('4.26MB');
    expect(humanSize(999_950)).toBe('1000kB');
  });

  it.each([
    ['', "invalid size: ''"],
    ['1kbb', "invalid suffix: 'kbb'"],
    ['1 KILO', "invalid suffix: 'KILO'"],
    ['1.2.3m', 'strconv.ParseFloat: parsing "1.2.3": invalid syntax'],
  ])('%j is refused in Docker’s words', (text, message) => {
    expect(() => parseBinarySize(text)).toThrow(message);
  });
});

describe('shortened texts', () => {
  it('are IDs of twelve digits, and commands with an ellipsis', () => {
    expect(shortId('sha256:0123456789abcdef')).toBe('0123456789ab');
    expect(shortId('0123456789abcdef')).toBe('0123456789ab');
    expect(ellipsis('nginx -g daemon off;', 20)).toBe('nginx -g daemon off;');
    expect(ellipsis('docker-entrypoint.sh nginx', 20)).toBe('docker-entrypoint.s…');
    expect(ellipsis('日本語のテキスト', 9)).toBe('日本語の…');
    expect([ellipsis('abc', 1), ellipsis('abc', 0)]).toEqual(['a', '']);
  });
});

describe('alignColumns', () => {
  it('aligns the cells of lines that follow each other', () => {
    expect(alignColumns('A\tB\tC\nlong long long\tb\tc\n')).toBe(
      'A                B         C\nlong long long   b         c\n',
    );
  });

  it('keeps the last cell of a line out of the columns', () => {
    expect(alignColumns('a\n\nb\tlonger than the others\nc\td\n')).toBe(
      'a\n\nb         longer than the others\nc         d\n',
    );
  });

  it('begins a new column where a line has none', () => {
    expect(alignColumns('aaaaaaaaaaaa\tb\tc\nd\ne\tf\n')).toBe('aaaaaaaaaaaa   b         c\nd\ne         f\n');
    expect(alignColumns('a\tbbbbbbbbbbbb\tc\nd\te\nf\tg\th\n', { minWidth: 0, padding: 1 })).toBe(
      'a bbbbbbbbbbbb c\nd e\nf g h\n',
    );
  });

  it('counts wide characters as two columns', () => {
    expect(alignColumns('日本語日本語\tx\nab\ty\n')).toBe('日本語日本語   x\nab             y\n');
  });
});
