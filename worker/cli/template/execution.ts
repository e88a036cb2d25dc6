/**
 * What one execution of a template carries: its functions and options, what it has written, and the node at hand, which
 * error messages name. A template it calls shares it.
 */
import { EngineError } from '../../base/errors.ts';
import { utf8 } from '../../base/bytes.ts';
import { quoteGo } from '../format/go-quote.ts';
import type { GoFunction } from './go-value.ts';
import { nodeText, type Node } from './node.ts';
import type { TemplateLists } from './template-file.ts';

/** What a missing key of a map gives: no value (Go's default), the zero value of its type, or an error. */
export type MissingKey = 'invalid' | 'zero' | 'error';

export type FunctionMap = ReadonlyMap<string, GoFunction>;

/** A parsed template, ready to be executed any number of times. */
export interface Template {
  readonly name: string;
  readonly text: string;
  readonly lists: TemplateLists;
  readonly functions: FunctionMap;
}

/** So many nodes an execution may visit: enough for any listing, too few to hang the page with `{{range 1000000000}}`. */
const MAX_STEPS = 2_000_000;

export class Execution {
  readonly template: Template;
  readonly missingKey: MissingKey;
  readonly #parts: string[] = [];
  #node: Node | undefined;
  #templateName: string;
  #steps = 0;

  constructor(template: Template, missingKey: MissingKey) {
    this.template = template;
    this.missingKey = missingKey;
    this.#templateName = template.name;
  }

  get output(): string {
    return this.#parts.join('');
  }

  write(text: string): void {
    this.#parts.push(text);
  }

  /** Marks the node that the next error is about. */
  at(node: Node): void {
    this.#node = node;
    if (++this.#steps > MAX_STEPS) {
      throw new EngineError('limit', `The template takes more than ${String(MAX_STEPS)} steps.`);
    }
  }

  /** Runs `body` as part of the template `name`, which errors then name. */
  within(name: string, body: () => void): void {
    const outer = this.#templateName;
    this.#templateName = name;
    body();
    this.#templateName = outer;
  }

  /** An error at the node at hand. `data.output` holds what was written before it. */
  failure(message: string): EngineError {
    const { name, text } = this.template;
    const node = this.#node;
    const place =
      node === undefined
        ? name
        : `${name}:${lineAndByte(text, node.position)}: executing ${quoteGo(this.#templateName)} at <${nodeText(node)}>`;
    return new EngineError('invalid-argument', `template: ${place}: ${message}`, { data: { output: this.output } });
  }
}

/** `line:byte`: lines from 1, bytes of UTF-8 from 0. */
function lineAndByte(text: string, position: number): string {
  const before = text.slice(0, position);
  const lineStart = before.lastIndexOf('\n') + 1;
  return `${String(before.split('\n').length)}:${String(utf8(before.slice(lineStart)).byteLength)}`;
}
