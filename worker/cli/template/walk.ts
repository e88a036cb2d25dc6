/** Walks a template's tree and writes its output (the "walk" half of text/template's exec.go, Go 1.24). */
import { quoteGo } from '../format/go-quote.ts';
import { Evaluator } from './evaluate.ts';
import { Execution, type MissingKey, type Template } from './execution.ts';
import { dereference, goInt, goString, isTrue, withoutInterface, type GoValue } from './go-value.ts';
import type { ActionNode, BranchNode, ListNode, TemplateCallNode } from './node.ts';
import { printValue, sprint } from './print.ts';

type Value = GoValue | undefined;

/** Whether a list went through to its end, or a loop is to be left or to go on. */
type Outcome = 'done' | 'break' | 'continue';

/** Templates may call each other so deep. Go allows a hundred times more; endless recursion ends either way. */
const MAX_DEPTH = 1000;

/**
 * Executes the template on a value and returns what it writes. Throws `invalid-argument` with Go's message; `data.output`
 * holds what was written before.
 */
export function execute(template: Template, value: GoValue | undefined, missingKey: MissingKey = 'invalid'): string {
  const execution = new Execution(template, missingKey);
  const root = template.lists.get(template.name);
  if (root === undefined) throw execution.failure(`${quoteGo(template.name)} is an incomplete or empty template`);
  new Walker(execution, value, 0).list(value, root);
  return execution.output;
}

/** Walks one template; those it calls get walkers of their own, as they share no variables. */
class Walker {
  readonly #execution: Execution;
  readonly #evaluator: Evaluator;
  readonly #depth: number;

  constructor(execution: Execution, dollar: Value, depth: number) {
    this.#execution = execution;
    this.#evaluator = new Evaluator(execution, dollar);
    this.#depth = depth;
  }

  list(dot: Value, list: ListNode): Outcome {
    this.#execution.at(list);
    for (const node of list.nodes) {
      const outcome = this.#node(dot, node);
      if (outcome !== 'done') return outcome;
    }
    return 'done';
  }

  #node(dot: Value, node: ActionNode): Outcome {
    this.#execution.at(node);
    switch (node.kind) {
      case 'text':
        this.#execution.write(node.text);
        return 'done';
      case 'action': {
        const value = this.#evaluator.pipeline(dot, node.pipe);
        if (node.pipe.declarations.length === 0) this.#execution.write(printValue(value));
        return 'done';
      }
      case 'break':
      case 'continue':
        return node.kind;
      case 'template':
        this.#template(dot, node);
        return 'done';
      case 'range':
        return this.#scoped(() => this.#range(dot, node));
      case 'if':
      case 'with':
        return this.#scoped(() => this.#branch(dot, node));
    }
  }

  /** Runs `body` and drops the variables it declares. */
  #scoped(body: () => Outcome): Outcome {
    const { declared } = this.#evaluator;
    const outcome = body();
    this.#evaluator.forget(declared);
    return outcome;
  }

  #branch(dot: Value, node: BranchNode): Outcome {
    const value = this.#evaluator.pipeline(dot, node.pipe);
    if (isTrue(withoutInterface(value))) return this.list(node.kind === 'with' ? value : dot, node.body);
    return node.otherwise === undefined ? 'done' : this.list(dot, node.otherwise);
  }

  #range(dot: Value, node: BranchNode): Outcome {
    const { value } = dereference(this.#evaluator.pipeline(dot, node.pipe));
    const { declared } = this.#evaluator;
    let empty = true;
    if ((value?.kind === 'int' || value?.kind === 'uint') && node.pipe.declarations.length > 1) {
      throw this.#execution.failure(`can't use ${sprint([value])} to iterate over more than one variable`);
    }
    for (const [index, element] of this.#elements(value)) {
      empty = false;
      this.#setLoopVariables(node, index, element);
      const outcome = this.list(element, node.body);
      this.#evaluator.forget(declared);
      if (outcome === 'break') return 'done';
    }
    return empty && node.otherwise !== undefined ? this.list(dot, node.otherwise) : 'done';
  }

  /** With one variable it is the element; with two, index (or key) and element. */
  #setLoopVariables({ pipe }: BranchNode, index: Value, element: Value): void {
    const [first, second] = pipe.declarations.map((variable) => variable.names[0] ?? '');
    if (second !== undefined) this.#evaluator.assign(second, element);
    if (first !== undefined) this.#evaluator.assign(first, second === undefined ? element : index);
  }

  *#elements(value: Value): Iterable<readonly [Value, Value]> {
    switch (value?.kind) {
      case undefined:
        return;
      case 'list':
        for (const [i, item] of (value.items ?? []).entries()) yield [goInt(i), item];
        return;
      case 'map':
        for (const [key, entry] of value.entries ?? []) {
          yield [goString(key, value.type.key.kind === 'string' ? value.type.key : undefined), entry];
        }
        return;
      case 'int':
      case 'uint':
        for (let i = 0n; i < value.value; i++) yield [undefined, { ...value, value: i }];
        return;
      default:
        throw this.#execution.failure(`range can't iterate over ${sprint([value])}`);
    }
  }

  #template(dot: Value, node: TemplateCallNode): void {
    const list = this.#execution.template.lists.get(node.name);
    if (list === undefined) throw this.#execution.failure(`template ${quoteGo(node.name)} not defined`);
    if (this.#depth === MAX_DEPTH) {
      throw this.#execution.failure(`exceeded maximum template depth (${String(MAX_DEPTH)})`);
    }
    const value = this.#evaluator.pipeline(dot, node.pipe);
    this.#execution.within(node.name, () => {
      new Walker(this.#execution, value, this.#depth + 1).list(value, list);
    });
  }
}
