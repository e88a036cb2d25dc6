/** Compiles what has a scope of its own: functions, lambdas, classes, comprehensions. */
import type {
  ClassDefinition,
  Comprehension,
  ComprehensionClause,
  FunctionDefinition,
  Lambda,
  Parameters,
  Span,
  Statement,
} from '../syntax/ast.ts';
import { Tuple } from '../objects/containers.ts';
import * as control from '../machine/instructions/control.ts';
import * as functions from '../machine/instructions/functions.ts';
import * as iteration from '../machine/instructions/iteration.ts';
import * as names from '../machine/instructions/names.ts';
import * as operations from '../machine/instructions/operations.ts';
import type { CodeParameters } from './code.ts';
import { compileArguments, compileCondition, compileExpression, storeVariable } from './expressions.ts';
import type { ScopeNode } from './scopes.ts';
import { compileStatements } from './statements.ts';
import { compileTarget } from './targets.ts';
import { Unit } from './unit.ts';

const NO_PARAMETERS: CodeParameters = {
  names: [],
  positionalOnly: 0,
  positional: 0,
  keywordOnly: 0,
  rest: false,
  keywords: false,
};

function codeParameters(parameters: Parameters): CodeParameters {
  const { positionalOnly, positional, keywordOnly, rest, keywords } = parameters;
  const all = [...positionalOnly, ...positional, ...keywordOnly];
  return {
    names: [...all, ...(rest === undefined ? [] : [rest]), ...(keywords === undefined ? [] : [keywords])].map(
      ({ name }) => name,
    ),
    positionalOnly: positionalOnly.length,
    positional: positionalOnly.length + positional.length,
    keywordOnly: keywordOnly.length,
    rest: rest !== undefined,
    keywords: keywords !== undefined,
  };
}

/** The text a block begins with, which is its documentation. */
export function documentation(body: readonly Statement[]): string | undefined {
  const [first] = body;
  if (first?.kind !== 'expression' || first.value.kind !== 'constant') return undefined;
  return typeof first.value.value === 'string' ? first.value.value : undefined;
}

interface Opening {
  readonly name: string;
  readonly at: Span;
  readonly parameters: CodeParameters;
  readonly kind: 'function' | 'class';
  readonly isCoroutine?: boolean;
  readonly doc?: string | undefined;
}

function openUnit(unit: Unit, node: ScopeNode, opening: Opening): Unit {
  const outer = unit.description;
  const { name, at, parameters, kind } = opening;
  const isGlobal = unit.scope.globals.has(name);
  const prefix =
    outer.kind === 'module' || isGlobal
      ? ''
      : outer.kind === 'class'
        ? `${outer.qualifiedName}.`
        : `${outer.qualifiedName}.<locals>.`;
  return new Unit(
    unit.scopes.of(node),
    unit.scopes,
    unit.file,
    {
      name,
      qualifiedName: prefix + name,
      firstLine: at.line,
      kind,
      parameters,
      isCoroutine: opening.isCoroutine ?? false,
      doc: opening.doc,
    },
    kind === 'class' ? name : unit.className,
  );
}

/** Leaves the function of a unit that is compiled; its defaults are on the stack. */
function closeUnit(unit: Unit, inner: Unit): void {
  unit.emit(functions.makeFunction, unit.inner(inner.finish()));
}

function compileDefaults(unit: Unit, parameters: Parameters, returns?: FunctionDefinition['returns']): void {
  const positional = [...parameters.positionalOnly, ...parameters.positional];
  const defaults = positional.flatMap((one) => (one.default === undefined ? [] : [one.default]));
  if (defaults.length === 0) unit.emit(names.loadConstant, unit.constant(new Tuple([])));
  else {
    for (const one of defaults) compileExpression(unit, one);
    unit.emit(operations.buildTuple, defaults.length);
  }
  unit.emit(operations.buildDict, 0);
  for (const one of parameters.keywordOnly) {
    if (one.default === undefined) continue;
    unit.emit(names.loadConstant, unit.constant(one.name));
    compileExpression(unit, one.default);
    unit.emit(operations.addEntry, 1);
  }
  const { rest, keywords } = parameters;
  const annotated = [...positional, ...parameters.keywordOnly, rest, keywords].filter(
    (one) => one?.annotation !== undefined,
  );
  if (annotated.length === 0 && returns === undefined) {
    unit.emit(names.loadConstant, unit.constant(null));
    return;
  }
  unit.emit(operations.buildDict, 0);
  const entries = [
    ...annotated.map((one) => [one?.name ?? '', one?.annotation] as const),
    ['return', returns] as const,
  ];
  for (const [name, annotation] of entries) {
    if (annotation === undefined) continue;
    unit.emit(names.loadConstant, unit.constant(name));
    compileExpression(unit, annotation);
    unit.emit(operations.addEntry, 1);
  }
}

export function compileLambda(unit: Unit, lambda: Lambda): void {
  compileDefaults(unit, lambda.parameters);
  const parameters = codeParameters(lambda.parameters);
  const inner = openUnit(unit, lambda, { name: '<lambda>', at: lambda.at, parameters, kind: 'function' });
  compileExpression(inner, lambda.body);
  inner.at(lambda.body.at);
  inner.emit(iteration.returnValue);
  closeUnit(unit, inner);
}

export function compileFunction(unit: Unit, definition: FunctionDefinition): void {
  const { name, at, body, isAsync, decorators } = definition;
  for (const decorator of decorators) compileExpression(unit, decorator);
  compileDefaults(unit, definition.parameters, definition.returns);
  const parameters = codeParameters(definition.parameters);
  const inner = openUnit(unit, definition, {
    name,
    at,
    parameters,
    kind: 'function',
    isCoroutine: isAsync,
    doc: documentation(body),
  });
  compileStatements(inner, body);
  inner.emit(names.loadConstant, inner.constant(null));
  inner.emit(iteration.returnValue);
  closeUnit(unit, inner);
  for (const decorator of decorators.toReversed()) unit.emitAt(decorator.at, functions.callFunction, 1);
  storeVariable(unit, name);
}

export function compileClass(unit: Unit, definition: ClassDefinition): void {
  const { name, at, body, decorators } = definition;
  for (const decorator of decorators) compileExpression(unit, decorator);
  unit.emit(names.loadConstant, unit.constant(new Tuple([])));
  unit.emit(operations.buildDict, 0);
  unit.emit(names.loadConstant, unit.constant(null));
  const inner = openUnit(unit, definition, {
    name,
    at,
    parameters: NO_PARAMETERS,
    kind: 'class',
    doc: documentation(body),
  });
  compileStatements(inner, body);
  inner.emit(names.loadConstant, inner.constant(null));
  inner.emit(iteration.returnValue);
  closeUnit(unit, inner);
  compileArguments(unit, definition.bases, definition.keywords);
  unit.emit(functions.makeClass);
  for (const decorator of decorators.toReversed()) unit.emitAt(decorator.at, functions.callFunction, 1);
  storeVariable(unit, name);
}

const COMPREHENSION_NAMES = {
  list: '<listcomp>',
  set: '<setcomp>',
  dict: '<dictcomp>',
  generator: '<genexpr>',
} as const;

export function compileComprehension(unit: Unit, comprehension: Comprehension): void {
  const { form, clauses, at } = comprehension;
  unit.emit(names.loadConstant, unit.constant(new Tuple([])));
  unit.emit(operations.buildDict, 0);
  unit.emit(names.loadConstant, unit.constant(null));
  const parameters = { ...NO_PARAMETERS, names: ['.0'], positional: 1 };
  const inner = openUnit(unit, comprehension, { name: COMPREHENSION_NAMES[form], at, parameters, kind: 'function' });
  inner.at(at);
  if (form === 'list') inner.emit(operations.buildList, 0);
  if (form === 'set') inner.emit(operations.buildSet, 0);
  if (form === 'dict') inner.emit(operations.buildDict, 0);
  compileClauses(inner, comprehension, clauses, 0);
  if (form === 'generator') inner.emit(names.loadConstant, inner.constant(null));
  inner.emit(iteration.returnValue);
  closeUnit(unit, inner);
  const [first] = clauses;
  if (first === undefined) return;
  compileExpression(unit, first.source);
  unit.emitAt(first.source.at, iteration.getIterator);
  unit.emit(functions.callFunction, 1);
}

function compileClauses(
  unit: Unit,
  comprehension: Comprehension,
  clauses: readonly ComprehensionClause[],
  depth: number,
): void {
  const clause = clauses[depth];
  if (clause === undefined) {
    compileElement(unit, comprehension, depth);
    return;
  }
  if (depth === 0) unit.emit(names.loadLocal, 0);
  else {
    compileExpression(unit, clause.source);
    unit.emitAt(clause.source.at, iteration.getIterator);
  }
  const again = unit.label();
  const end = unit.label();
  unit.place(again);
  unit.jump(iteration.forIteration, end);
  compileTarget(unit, clause.target);
  for (const condition of clause.conditions) compileCondition(unit, condition, false, again);
  compileClauses(unit, comprehension, clauses, depth + 1);
  unit.jump(control.jumpBack, again);
  unit.place(end);
}

function compileElement(unit: Unit, { form, element, value }: Comprehension, depth: number): void {
  compileExpression(unit, element);
  switch (form) {
    case 'generator':
      unit.emit(iteration.yieldValue);
      unit.emit(control.pop);
      return;
    case 'dict':
      if (value !== undefined) compileExpression(unit, value);
      unit.emit(operations.addEntry, depth + 1);
      return;
    default:
      unit.emit(operations.append, depth + 1);
  }
}
