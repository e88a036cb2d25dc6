/** Compiles `match`: each part of a pattern looks at a hidden variable, so that nothing is left on the stack where it fails. */
import type { Pattern, Statement } from '../syntax/ast.ts';
import * as control from '../machine/instructions/control.ts';
import * as matching from '../machine/instructions/matching.ts';
import * as names from '../machine/instructions/names.ts';
import * as operations from '../machine/instructions/operations.ts';
import { compileCondition, compileExpression, loadVariable, storeVariable } from './expressions.ts';
import { hiddenSubject } from './traversal.ts';
import type { Label, Unit } from './unit.ts';

type MatchStatement = Extract<Statement, { readonly kind: 'match' }>;

export function compileMatch(
  unit: Unit,
  statement: MatchStatement,
  compileBlock: (unit: Unit, statements: readonly Statement[]) => void,
): void {
  const subject = hiddenSubject(statement.at);
  compileExpression(unit, statement.subject);
  storeVariable(unit, subject);
  const end = unit.label();
  for (const { pattern, guard, body } of statement.cases) {
    const next = unit.label();
    unit.at(pattern.at);
    compilePattern(unit, pattern, subject, next);
    if (guard !== undefined) compileCondition(unit, guard, false, next);
    compileBlock(unit, body);
    unit.jump(control.jump, end);
    unit.place(next);
  }
  unit.place(end);
}

function compilePattern(unit: Unit, pattern: Pattern, subject: string, fail: Label): void {
  switch (pattern.kind) {
    case 'value': {
      loadVariable(unit, subject);
      compileExpression(unit, pattern.value);
      const { value } = pattern;
      const isSingleton = value.kind === 'constant' && (value.value === null || typeof value.value === 'boolean');
      unit.emit(operations.compare, operations.COMPARISONS.indexOf(isSingleton ? 'is' : '=='));
      unit.jump(control.jumpIfFalse, fail);
      return;
    }
    case 'capture':
    case 'star':
      if (pattern.name === undefined) return;
      loadVariable(unit, subject);
      storeVariable(unit, pattern.name);
      return;
    case 'as':
      compilePattern(unit, pattern.pattern, subject, fail);
      loadVariable(unit, subject);
      storeVariable(unit, pattern.name);
      return;
    case 'or':
      compileAlternatives(unit, pattern.patterns, subject, fail);
      return;
    case 'sequence':
      compileSequence(unit, pattern.patterns, subject, fail);
      return;
    case 'mapping':
      compileMapping(unit, pattern, subject, fail);
      return;
    case 'class':
      compileClassPattern(unit, pattern, subject, fail);
  }
}

/** Matches a part with the value on the stack. */
function compilePart(unit: Unit, part: Pattern, fail: Label): void {
  const hidden = hiddenSubject(part.at);
  storeVariable(unit, hidden);
  compilePattern(unit, part, hidden, fail);
}

function compileAlternatives(unit: Unit, patterns: readonly Pattern[], subject: string, fail: Label): void {
  const end = unit.label();
  patterns.forEach((one, index) => {
    const next = index === patterns.length - 1 ? fail : unit.label();
    compilePattern(unit, one, subject, next);
    unit.jump(control.jump, end);
    if (next !== fail) unit.place(next);
  });
  unit.place(end);
}

function compileSequence(unit: Unit, patterns: readonly Pattern[], subject: string, fail: Label): void {
  const star = patterns.findIndex(({ kind }) => kind === 'star');
  loadVariable(unit, subject);
  unit.emit(star === -1 ? matching.isSequenceOf : matching.isSequenceFrom, patterns.length - (star === -1 ? 0 : 1));
  unit.jump(control.jumpIfFalse, fail);
  patterns.forEach((one, index) => {
    if (one.kind === 'star' && one.name === undefined) return;
    loadVariable(unit, subject);
    const fromEnd = star !== -1 && index > star ? index - patterns.length : index;
    unit.emit(names.loadConstant, unit.constant(fromEnd));
    if (one.kind === 'star') unit.emit(matching.starredItems, patterns.length - 1);
    else unit.emit(names.loadItem);
    compilePart(unit, one, fail);
  });
}

function compileMapping(
  unit: Unit,
  pattern: Extract<Pattern, { readonly kind: 'mapping' }>,
  subject: string,
  fail: Label,
): void {
  loadVariable(unit, subject);
  unit.emit(matching.isMapping);
  unit.jump(control.jumpIfFalse, fail);
  for (const { key, pattern: part } of pattern.entries) {
    compileExpression(unit, key);
    loadVariable(unit, subject);
    unit.emit(operations.compare, operations.COMPARISONS.indexOf('in'));
    unit.jump(control.jumpIfFalse, fail);
    loadVariable(unit, subject);
    compileExpression(unit, key);
    unit.emit(names.loadItem);
    compilePart(unit, part, fail);
  }
  if (pattern.rest === undefined) return;
  loadVariable(unit, subject);
  for (const { key } of pattern.entries) compileExpression(unit, key);
  unit.emit(matching.mappingRest, pattern.entries.length);
  storeVariable(unit, pattern.rest);
}

function compileClassPattern(
  unit: Unit,
  pattern: Extract<Pattern, { readonly kind: 'class' }>,
  subject: string,
  fail: Label,
): void {
  loadVariable(unit, subject);
  compileExpression(unit, pattern.callee);
  unit.emit(matching.isInstanceOf);
  unit.jump(control.jumpIfFalse, fail);
  pattern.positional.forEach((part, index) => {
    loadVariable(unit, subject);
    compileExpression(unit, pattern.callee);
    unit.emit(matching.positionalPart, index);
    compilePart(unit, part, fail);
  });
  for (const { name, pattern: part } of pattern.keywords) {
    loadVariable(unit, subject);
    unit.emit(matching.hasPart, unit.name(name));
    unit.jump(control.jumpIfFalse, fail);
    loadVariable(unit, subject);
    unit.emit(names.loadAttribute, unit.name(name));
    compilePart(unit, part, fail);
  }
}
