/** Finds out where each name of a program lives: which scope binds it, and which inner functions share it (reference, 4.2). */
import type {
  ClassDefinition,
  Comprehension,
  Expression,
  FunctionDefinition,
  Lambda,
  Parameters,
  Statement,
} from '../syntax/ast.ts';
import { SyntaxProblem } from '../syntax/syntax-problem.ts';
import { childExpressions, childStatements, hiddenNames, hiddenSubject, patternNames } from './traversal.ts';

export type ScopeNode = FunctionDefinition | Lambda | ClassDefinition | Comprehension;

export class Scope {
  readonly kind: 'module' | 'class' | 'function';
  readonly parent: Scope | undefined;
  readonly isComprehension: boolean;
  readonly bound = new Set<string>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  /** Bound here, and used by functions inside. */
  readonly cells = new Set<string>();
  /** Bound by a function around. */
  readonly free = new Set<string>();
  readonly used = new Set<string>();
  readonly children: Scope[] = [];
  isGenerator = false;

  constructor(kind: Scope['kind'], parent: Scope | undefined, isComprehension = false) {
    this.kind = kind;
    this.parent = parent;
    this.isComprehension = isComprehension;
    parent?.children.push(this);
  }
}

export interface ScopeTable {
  readonly module: Scope;
  of(node: ScopeNode): Scope;
}

export function analyseScopes(statements: readonly Statement[]): ScopeTable {
  const scopes = new Map<ScopeNode, Scope>();
  const module = new Scope('module', undefined);
  const analyser = new Analyser(scopes);
  analyser.statements(statements, module);
  resolve(module);
  return {
    module,
    of(node) {
      const scope = scopes.get(node);
      if (scope === undefined) throw new Error('a scope that was not analysed');
      return scope;
    },
  };
}

/** The scopes of one expression, for `eval`. */
export function analyseExpression(expression: Expression): ScopeTable {
  return analyseScopes([{ kind: 'expression', value: expression, at: expression.at }]);
}

class Analyser {
  readonly #scopes: Map<ScopeNode, Scope>;

  constructor(scopes: Map<ScopeNode, Scope>) {
    this.#scopes = scopes;
  }

  statements(statements: readonly Statement[], scope: Scope): void {
    for (const statement of statements) this.#statement(statement, scope);
  }

  #statement(statement: Statement, scope: Scope): void {
    switch (statement.kind) {
      case 'function':
        scope.bound.add(statement.name);
        this.#function(statement, scope);
        return;
      case 'class':
        scope.bound.add(statement.name);
        this.#class(statement, scope);
        return;
      case 'global':
      case 'nonlocal':
        for (const name of statement.names) {
          if (scope.bound.has(name) && !scope.used.has(name) && scope.kind === 'function')
            throw new SyntaxProblem(`name '${name}' is assigned to before ${statement.kind} declaration`, statement.at);
          if (scope.used.has(name))
            throw new SyntaxProblem(`name '${name}' is used prior to ${statement.kind} declaration`, statement.at);
          if (statement.kind === 'nonlocal' && scope.kind === 'module')
            throw new SyntaxProblem('nonlocal declaration not allowed at module level', statement.at);
          if (statement.kind === 'nonlocal' && !hasEnclosing(scope, name))
            throw new SyntaxProblem(`no binding for nonlocal '${name}' found`, statement.at);
          (statement.kind === 'global' ? scope.globals : scope.nonlocals).add(name);
        }
        return;
      case 'import':
        for (const { name, alias } of statement.names) scope.bound.add(alias ?? name.replace(/\..*$/, ''));
        return;
      case 'import from':
        for (const { name, alias } of statement.names) if (name !== '*') scope.bound.add(alias ?? name);
        return;
      case 'try':
        for (const { name } of statement.handlers) if (name !== undefined) scope.bound.add(name);
        break;
      case 'match':
        for (const { pattern } of statement.cases)
          for (const name of [...patternNames(pattern), ...hiddenNames(pattern)]) scope.bound.add(name);
        scope.bound.add(hiddenSubject(statement.at));
        break;
      case 'return':
        if (scope.kind !== 'function') throw new SyntaxProblem("'return' outside function", statement.at);
        break;
      case 'assign':
        for (const target of statement.targets) this.#target(target, scope);
        break;
      case 'delete':
        for (const target of statement.targets) this.#target(target, scope);
        break;
      case 'augmented':
      case 'annotated':
      case 'for':
        this.#target(statement.target, scope);
        break;
      case 'with':
        for (const { target } of statement.items) if (target !== undefined) this.#target(target, scope);
        break;
      default:
    }
    for (const expression of childExpressions(statement)) this.#expression(expression, scope);
    for (const block of childStatements(statement)) this.statements(block, scope);
  }

  #target(target: Expression, scope: Scope): void {
    if (target.kind === 'name') scope.bound.add(target.name);
    else if (target.kind === 'tuple' || target.kind === 'list')
      for (const item of target.items) this.#target(item, scope);
    else if (target.kind === 'starred') this.#target(target.value, scope);
  }

  #expression(expression: Expression, scope: Scope): void {
    switch (expression.kind) {
      case 'name':
        scope.used.add(expression.name);
        // `super()` finds its class in a variable of the class body
        if (expression.name === 'super' && scope.kind === 'function') scope.used.add('__class__');
        return;
      case 'lambda': {
        this.#defaults(expression.parameters, scope);
        const inner = this.#open(expression, scope);
        bindParameters(expression.parameters, inner);
        this.#expression(expression.body, inner);
        return;
      }
      case 'comprehension':
        this.#comprehension(expression, scope);
        return;
      case 'walrus': {
        let owner = scope;
        while (owner.isComprehension && owner.parent !== undefined) owner = owner.parent;
        owner.bound.add(expression.name);
        for (let inner = scope; inner !== owner && inner.parent !== undefined; inner = inner.parent)
          (owner.kind === 'module' ? inner.globals : inner.nonlocals).add(expression.name);
        break;
      }
      case 'yield':
      case 'yield from':
      case 'await':
        if (scope.kind !== 'function')
          throw new SyntaxProblem(
            `'${expression.kind === 'await' ? 'await' : 'yield'}' outside function`,
            expression.at,
          );
        scope.isGenerator ||= expression.kind !== 'await';
        break;
      default:
    }
    for (const child of childExpressions(expression)) this.#expression(child, scope);
  }

  #comprehension(comprehension: Comprehension, scope: Scope): void {
    const [first, ...others] = comprehension.clauses;
    if (first === undefined) return;
    this.#expression(first.source, scope);
    const inner = this.#open(comprehension, scope, true);
    inner.bound.add('.0');
    inner.isGenerator = comprehension.form === 'generator';
    for (const clause of comprehension.clauses) this.#target(clause.target, inner);
    for (const clause of others) this.#expression(clause.source, inner);
    for (const clause of comprehension.clauses) {
      this.#expression(clause.target, inner);
      for (const condition of clause.conditions) this.#expression(condition, inner);
    }
    this.#expression(comprehension.element, inner);
    if (comprehension.value !== undefined) this.#expression(comprehension.value, inner);
  }

  #function(definition: FunctionDefinition, scope: Scope): void {
    for (const decorator of definition.decorators) this.#expression(decorator, scope);
    this.#defaults(definition.parameters, scope);
    if (definition.returns !== undefined) this.#expression(definition.returns, scope);
    const inner = this.#open(definition, scope);
    bindParameters(definition.parameters, inner);
    this.statements(definition.body, inner);
  }

  #class(definition: ClassDefinition, scope: Scope): void {
    for (const one of [...definition.decorators, ...definition.bases]) this.#expression(one, scope);
    for (const { value } of definition.keywords) this.#expression(value, scope);
    const inner = new Scope('class', scope);
    this.#scopes.set(definition, inner);
    this.statements(definition.body, inner);
  }

  #defaults(parameters: Parameters, scope: Scope): void {
    for (const one of allParameters(parameters)) {
      if (one.default !== undefined) this.#expression(one.default, scope);
      if (one.annotation !== undefined) this.#expression(one.annotation, scope);
    }
  }

  #open(node: ScopeNode, parent: Scope, isComprehension = false): Scope {
    const scope = new Scope('function', parent, isComprehension);
    this.#scopes.set(node, scope);
    return scope;
  }
}

export function allParameters(parameters: Parameters): readonly Parameters['positional'][number][] {
  const { positionalOnly, positional, keywordOnly, rest, keywords } = parameters;
  return [
    ...positionalOnly,
    ...positional,
    ...keywordOnly,
    ...(rest === undefined ? [] : [rest]),
    ...(keywords === undefined ? [] : [keywords]),
  ];
}

function bindParameters(parameters: Parameters, scope: Scope): void {
  for (const { name } of allParameters(parameters)) scope.bound.add(name);
}

function hasEnclosing(scope: Scope, name: string): boolean {
  for (let one = scope.parent; one !== undefined; one = one.parent)
    if (one.kind === 'function' && one.bound.has(name)) return true;
  return false;
}

/** Finds the scope around that binds what a scope only uses, and lets those between hand it on. */
function resolve(scope: Scope): void {
  for (const name of [...scope.used, ...scope.nonlocals, ...scope.free]) link(scope, name);
  for (const child of scope.children) resolve(child);
}

function link(scope: Scope, name: string): void {
  if (scope.globals.has(name)) return;
  const isOwn = scope.bound.has(name) && !scope.nonlocals.has(name);
  if (isOwn && scope.kind !== 'class') return;
  if (isOwn && scope.kind === 'class') return;
  for (let owner = scope.parent; owner !== undefined; owner = owner.parent) {
    if (owner.kind === 'class' && name === '__class__') {
      owner.cells.add(name);
      passOn(scope, owner, name);
      return;
    }
    if (owner.kind !== 'function') continue;
    if (owner.globals.has(name)) return;
    if (!owner.bound.has(name) || owner.nonlocals.has(name)) continue;
    owner.cells.add(name);
    passOn(scope, owner, name);
    return;
  }
}

function passOn(from: Scope, owner: Scope, name: string): void {
  for (let one: Scope | undefined = from; one !== undefined && one !== owner; one = one.parent) one.free.add(name);
}
