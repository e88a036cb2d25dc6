/**
 * Which variable a name stands for. Each function has an environment; a block has one of its own only where a closure takes one of its
 * variables, so that each turn of a loop can have its own. All other variables of blocks lie in the function's environment.
 */
import type { AnyNode, Function as FunctionNode, Pattern, Program } from 'acorn';

export type BindingKind = 'import' | 'var' | 'let' | 'const' | 'class' | 'function' | 'parameter' | 'self';

export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  isCaptured: boolean;
  /** Its place in its environment. */
  slot: number;
}

/** The slot of the environment outside, and of `this`. */
export const OUTER_SLOT = 0;
export const THIS = 'this';
export const NEW_TARGET = 'new.target';
export const HOME = '#home';
export const ARGUMENTS = 'arguments';

export class Scope {
  readonly parent: Scope | undefined;
  /** The scope of the function it lies in: itself, for that of a function. */
  readonly home: Scope;
  readonly isArrow: boolean;
  isStrict: boolean;
  isAsync = false;
  readonly bindings = new Map<string, Binding>();
  /** Slots of its environment, once all is placed; 0 for a block without one. */
  size = 0;

  constructor(parent: Scope | undefined, kind: 'function' | 'arrow' | 'block') {
    this.parent = parent;
    this.isArrow = kind === 'arrow';
    this.isStrict = parent?.isStrict ?? false;
    this.home = kind === 'block' && parent !== undefined ? parent.home : this;
    if (this.home === this) this.size = 1;
  }

  get isFunction(): boolean {
    return this.home === this;
  }

  declare(name: string, kind: BindingKind): void {
    const known = this.bindings.get(name);
    if (known !== undefined && (kind === 'var' || kind === 'self' || known.kind === 'parameter')) return;
    this.bindings.set(name, { name, kind, isCaptured: false, slot: 0 });
  }
}

/** Where a name leads: so many environments outwards, and which of their slots. */
export interface Place {
  readonly hops: number;
  readonly slot: number;
  readonly binding: Binding;
}

/** Undefined for a name of no scope: a property of the global object. */
export function lookUp(name: string, from: Scope): Place | undefined {
  let hops = 0;
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    const binding = scope.bindings.get(name);
    if (binding !== undefined) {
      // a block's variable may lie in the function's environment, past those of blocks in between
      if (scope.size === 0)
        for (let at: Scope = scope; at !== scope.home; at = at.parent ?? at.home) if (at.size > 0) hops++;
      return { hops, slot: binding.slot, binding };
    }
    if (scope.size > 0) hops++;
  }
  return undefined;
}

/** The names a pattern declares. */
export function namesIn(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => namesIn(one.type === 'RestElement' ? one.argument : one.value));
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => (one === null ? [] : namesIn(one)));
    case 'RestElement':
      return namesIn(pattern.argument);
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    default:
      return [];
  }
}

/** The scope of each node that makes one. A program counts as a function with these names for parameters. */
export function analyseScopes(program: Program, parameters: readonly string[]): Map<AnyNode, Scope> {
  const analysis = new Analysis();
  analysis.program(program, parameters);
  return analysis.scopes;
}

class Analysis {
  readonly scopes = new Map<AnyNode, Scope>();
  readonly #references: { readonly name: string; readonly scope: Scope }[] = [];

  program(program: Program, parameters: readonly string[]): void {
    const scope = this.#open(program, undefined, 'function');
    scope.isStrict = program.sourceType === 'module' || saysStrict(program.body);
    for (const name of [THIS, ...parameters]) scope.declare(name, 'parameter');
    for (const statement of program.body) this.#visit(statement, scope);
    for (const { name, scope: from } of this.#references) markCaptured(name, from);
    for (const one of this.scopes.values()) place(one);
  }

  #open(node: AnyNode, parent: Scope | undefined, kind: 'function' | 'arrow' | 'block'): Scope {
    const scope = new Scope(parent, kind);
    this.scopes.set(node, scope);
    return scope;
  }

  #refer(name: string, scope: Scope): void {
    this.#references.push({ name, scope });
  }

  #visit(node: AnyNode, scope: Scope): void {
    switch (node.type) {
      case 'Identifier':
        if (node.name === ARGUMENTS) declareOwn(scope, ARGUMENTS);
        this.#refer(node.name, scope);
        return;
      case 'PrivateIdentifier':
        this.#refer(`#${node.name}`, scope);
        return;
      case 'ThisExpression':
        this.#refer(THIS, scope);
        return;
      case 'Super':
        for (const name of [THIS, HOME, NEW_TARGET]) {
          declareOwn(scope, name);
          this.#refer(name, scope);
        }
        return;
      case 'MetaProperty':
        if (node.meta.name === 'new') {
          declareOwn(scope, NEW_TARGET);
          this.#refer(NEW_TARGET, scope);
        }
        return;
      case 'VariableDeclaration':
        for (const { id } of node.declarations)
          for (const name of namesIn(id)) {
            if (node.kind === 'var') scope.home.declare(name, 'var');
            else scope.declare(name, node.kind === 'let' ? 'let' : 'const');
          }
        break;
      case 'FunctionDeclaration':
        if (node.id !== null) scope.declare(node.id.name, 'function');
        this.#function(node, scope);
        return;
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#function(node, scope);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression': {
        if (node.type === 'ClassDeclaration' && node.id !== null) scope.declare(node.id.name, 'class');
        const inner = this.#open(node, scope, 'block');
        inner.isStrict = true;
        if (node.id != null) inner.declare(node.id.name, 'const');
        for (const member of node.body.body)
          if ('key' in member && member.key.type === 'PrivateIdentifier') inner.declare(`#${member.key.name}`, 'const');
        this.#children(node, inner);
        return;
      }
      case 'PropertyDefinition':
      case 'StaticBlock': {
        // initial values run as methods of the object do
        if (node.type === 'PropertyDefinition') this.#visit(node.key, scope);
        const inner = this.#open(node, scope, 'function');
        inner.declare(THIS, 'parameter');
        if (node.type === 'StaticBlock') this.#children(node, inner);
        else if (node.value != null) this.#visit(node.value, inner);
        return;
      }
      case 'BlockStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'SwitchStatement':
        this.#children(node, this.#open(node, scope, 'block'));
        return;
      case 'CatchClause': {
        const inner = this.#open(node, scope, 'block');
        if (node.param != null) for (const name of namesIn(node.param)) inner.declare(name, 'let');
        this.#children(node, inner);
        return;
      }
      case 'ImportDeclaration':
        for (const { local } of node.specifiers) scope.declare(local.name, 'import');
        return;
      default:
    }
    this.#children(node, scope);
  }

  #function(node: FunctionNode, outside: Scope): void {
    const isArrow = node.type === 'ArrowFunctionExpression';
    const scope = this.#open(node as AnyNode, outside, isArrow ? 'arrow' : 'function');
    scope.isAsync = node.async;
    if (node.body.type === 'BlockStatement' && saysStrict(node.body.body)) scope.isStrict = true;
    for (const parameter of node.params) for (const name of namesIn(parameter)) scope.declare(name, 'parameter');
    if (!isArrow) scope.declare(THIS, 'parameter');
    for (const parameter of node.params) this.#visit(parameter, scope);
    if (node.body.type === 'BlockStatement') this.#children(node.body, scope);
    else this.#visit(node.body, scope);
    if (node.type === 'FunctionExpression' && node.id != null) scope.declare(node.id.name, 'self');
  }

  #children(node: AnyNode, scope: Scope): void {
    for (const child of childrenOf(node)) this.#visit(child, scope);
  }
}

/** True for a body that begins with `'use strict'`. */
function saysStrict([first]: Program['body']): boolean {
  return first?.type === 'ExpressionStatement' && 'directive' in first && first.directive === 'use strict';
}

/** A name that each function but an arrow has by itself, where it asks for it. */
function declareOwn(from: Scope, name: string): void {
  let scope: Scope | undefined = from.home;
  while (scope?.isArrow === true) scope = scope.parent?.home;
  if (scope?.parent !== undefined && !scope.bindings.has(name)) scope.declare(name, 'parameter');
}

function markCaptured(name: string, from: Scope): void {
  for (let scope: Scope | undefined = from; scope !== undefined; scope = scope.parent) {
    const binding = scope.bindings.get(name);
    if (binding === undefined) continue;
    if (scope.home !== from.home) binding.isCaptured = true;
    return;
  }
}

function place(scope: Scope): void {
  const bindings = [...scope.bindings.values()];
  const owner = scope.isFunction || !bindings.some((one) => one.isCaptured) ? scope.home : scope;
  if (owner.size === 0) owner.size = 1;
  for (const binding of bindings) binding.slot = owner.size++;
}

/** The nodes right below one. Names of properties are among them, which marks more variables as captured than are: no harm. */
function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node).flatMap((value: unknown) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
