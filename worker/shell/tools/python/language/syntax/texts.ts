/** Parses string literals, joined where several follow one another, and the fields of f-strings. */
import { Bytes } from '../objects/containers.ts';
import type { Expression, FormattedValue, JoinedText, Span } from './ast.ts';
import { parseNamed, parseTuple, parseYield } from './expressions.ts';
import { bytesOf, textLiteral, unescaped, type TextLiteral } from './literals.ts';
import { SyntaxProblem } from './syntax-problem.ts';
import { TokenStream } from './token-stream.ts';
import { fieldEnd, tokenize, type Token } from './tokenizer.ts';

export function parseTexts(tokens: TokenStream): Expression {
  const start = tokens.current;
  const parts: (string | FormattedValue)[] = [];
  const bytes: Bytes[] = [];
  let isFormatted = false;
  while (tokens.current.kind === 'text') {
    const token = tokens.next();
    const literal = textLiteral(token.text);
    if (literal.isBytes !== bytes.length > 0 && token !== start)
      throw tokens.problem('cannot mix bytes and nonbytes literals', start);
    if (literal.isBytes) {
      bytes.push(bytesOf(literal.isRaw ? literal.body : unescaped(literal.body, true, token), token));
    } else if (literal.isFormatted) {
      isFormatted = true;
      parts.push(...formattedParts(literal, token));
    } else parts.push(literal.isRaw ? literal.body : unescaped(literal.body, false, token));
  }
  const at = tokens.since(start);
  if (bytes.length > 0)
    return { kind: 'constant', value: new Bytes(Uint8Array.from(bytes.flatMap(({ data }) => [...data]))), at };
  if (isFormatted) return { kind: 'joined', parts, at };
  return { kind: 'constant', value: parts.filter((part) => typeof part === 'string').join(''), at };
}

function formattedParts(literal: TextLiteral, token: Token): (string | FormattedValue)[] {
  const reader = new FieldReader(literal, token);
  return reader.parts(0, literal.body.length, true);
}

/** Reads the body of one f-string. */
class FieldReader {
  readonly #literal: TextLiteral;
  readonly #token: Token;

  constructor(literal: TextLiteral, token: Token) {
    this.#literal = literal;
    this.#token = token;
  }

  /** Texts and fields between two indices of the body; in a format, braces are not doubled. */
  parts(from: number, to: number, isText: boolean): (string | FormattedValue)[] {
    const { body, quote } = this.#literal;
    const parts: (string | FormattedValue)[] = [];
    let text = '';
    const close = (): void => {
      if (text !== '') parts.push(this.#literal.isRaw ? text : unescaped(text, false, this.#token));
      text = '';
    };
    for (let at = from; at < to; at++) {
      const sign = body[at]!;
      if (sign === '\\' && !this.#literal.isRaw) {
        const name = /^N\{[^}]*\}/.exec(body.slice(at + 1))?.[0] ?? body[at + 1] ?? '';
        text += sign + name;
        at += name.length;
      } else if (isText && (sign === '{' || sign === '}') && body[at + 1] === sign) {
        text += sign;
        at++;
      } else if (sign === '}') throw new SyntaxProblem("f-string: single '}' is not allowed", this.#token);
      else if (sign === '{') {
        const end = fieldEnd(body, at + 1, quote);
        if (end === undefined) throw new SyntaxProblem("f-string: expecting '}'", this.#token);
        close();
        parts.push(...this.#field(at + 1, end));
        at = end;
      } else text += sign;
    }
    close();
    return parts;
  }

  /** A field, after its own text where it ends with `=`. */
  #field(from: number, to: number): (string | FormattedValue)[] {
    const { body } = this.#literal;
    const { expressionEnd, isShown, conversion, formatStart } = splitField(body, from, to);
    const source = body.slice(from, expressionEnd);
    if (source.trim() === '') throw new SyntaxProblem('f-string: empty expression not allowed', this.#token);
    const tokens = new TokenStream(tokenize(source, this.#place(from)));
    const value = tokens.is('yield')
      ? parseYield(tokens)
      : tokens.ahead().text === ':='
        ? parseNamed(tokens)
        : parseTuple(tokens);
    if (tokens.current.kind !== 'end') throw new SyntaxProblem('f-string: invalid syntax', this.#token);
    const format: JoinedText | undefined =
      formatStart === undefined
        ? undefined
        : { kind: 'joined', parts: this.parts(formatStart, to, false), at: this.#token };
    const shown = isShown ? [body.slice(from, isShown)] : [];
    return [...shown, { value, conversion: conversion ?? (isShown && format === undefined ? 'r' : undefined), format }];
  }

  #place(index: number): { line: number; column: number } {
    const before = this.#literal.body.slice(0, index);
    const lines = before.split('\n');
    const { line, column }: Span = this.#token;
    return lines.length === 1
      ? { line, column: column + this.#literal.offset + index }
      : { line: line + lines.length - 1, column: lines.at(-1)!.length };
  }
}

interface FieldParts {
  readonly expressionEnd: number;
  /** Where the text ends that a field with `=` shows; 0 without. */
  readonly isShown: number;
  readonly conversion: 'r' | 's' | 'a' | undefined;
  readonly formatStart: number | undefined;
}

/** Finds the `=`, the `!r` and the `:` of a field outside of brackets and texts. */
function splitField(body: string, from: number, to: number): FieldParts {
  let depth = 0;
  let end = to;
  let formatStart: number | undefined;
  let conversion: 'r' | 's' | 'a' | undefined;
  for (let at = from; at < to; at++) {
    const sign = body[at]!;
    if (sign === "'" || sign === '"') {
      const quote = body.startsWith(sign.repeat(3), at) ? sign.repeat(3) : sign;
      at = Math.max(at, body.indexOf(quote, at + quote.length) + quote.length - 1);
    } else if ('([{'.includes(sign)) depth++;
    else if (')]}'.includes(sign)) depth--;
    else if (depth === 0 && sign === '!' && body[at + 1] !== '=') {
      const letter = body[at + 1];
      if (letter === 'r' || letter === 's' || letter === 'a') conversion = letter;
      end = at;
      if (body[at + 2] === ':') formatStart = at + 3;
      break;
    } else if (depth === 0 && sign === ':' && !/\blambda\b/.test(body.slice(from, at))) {
      end = at;
      formatStart = at + 1;
      break;
    }
  }
  const shown = /[^=!<>]=\s*$/.exec(body.slice(from, end));
  return {
    expressionEnd: shown === null ? end : from + shown.index + 1,
    isShown: shown === null ? 0 : end,
    conversion,
    formatStart,
  };
}
