/** Values of literals: numbers, and texts with their escapes (Python reference, 2.4). */
import { Bytes, Complex, Float } from '../objects/containers.ts';
import { smallInt } from '../objects/integers.ts';
import type { Value } from '../objects/values.ts';
import type { Span } from './ast.ts';
import { SyntaxProblem } from './syntax-problem.ts';

export function numberOf(literal: string): Value {
  const text = literal.replaceAll('_', '');
  if (/^0[xXoObB]/.test(text)) return smallInt(BigInt(text));
  if (/[jJ]$/.test(text)) return new Complex(0, Number(text.slice(0, -1)));
  if (/[.eE]/.test(text)) return new Float(Number(text));
  return smallInt(BigInt(text));
}

/** A text token in its parts. */
export interface TextLiteral {
  readonly isRaw: boolean;
  readonly isBytes: boolean;
  readonly isFormatted: boolean;
  readonly quote: string;
  readonly body: string;
  /** Characters before the body: prefix and quotes. */
  readonly offset: number;
}

export function textLiteral(token: string): TextLiteral {
  const [, prefix = '', quote = ''] = /^([a-zA-Z]*)('''|"""|'|")/.exec(token) ?? [];
  const offset = prefix.length + quote.length;
  return {
    isRaw: /r/i.test(prefix),
    isBytes: /b/i.test(prefix),
    isFormatted: /f/i.test(prefix),
    quote,
    body: token.slice(offset, -quote.length),
    offset,
  };
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const NAMED: Readonly<Record<string, string>> = {
  BULLET: '•',
  'CHECK MARK': '✓',
  'DEGREE SIGN': '°',
  'EURO SIGN': '€',
  'GREEK SMALL LETTER PI': 'π',
  SNOWMAN: '☃',
};

/** The text that escapes stand for. */
export function unescaped(body: string, isBytes: boolean, at: Span): string {
  if (!body.includes('\\')) return body;
  return body.replace(
    /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|N\{([^}]*)\}|([\s\S]))/g,
    (all, octal?: string, hex?: string, short?: string, long?: string, name?: string, single?: string) => {
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & (isBytes ? 0xff : 0x1ff));
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (isBytes && (short ?? long ?? name) !== undefined) return all;
      if (short !== undefined) return String.fromCharCode(parseInt(short, 16));
      if (long !== undefined) return String.fromCodePoint(parseInt(long, 16));
      if (name !== undefined) {
        const named = NAMED[name.toUpperCase()];
        if (named !== undefined) return named;
        throw new SyntaxProblem(
          "(unicode error) 'unicodeescape' codec can't decode bytes: unknown Unicode character name",
          at,
        );
      }
      if (single === 'x' || (!isBytes && (single === 'u' || single === 'U')))
        throw new SyntaxProblem(
          isBytes
            ? '(value error) invalid \\x escape at position 0'
            : `(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\${single}${{ x: 'XX', u: 'XXXX', U: 'XXXXXXXX' }[single]} escape`,
          at,
        );
      return SIMPLE[single ?? ''] ?? all;
    },
  );
}

export function bytesOf(text: string, at: Span): Bytes {
  if (/[^\0-\xff]/.test(text)) throw new SyntaxProblem('bytes can only contain ASCII literal characters', at);
  return new Bytes(Uint8Array.from(text, (sign) => sign.charCodeAt(0)));
}
