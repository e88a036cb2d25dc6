/** Compiles what is assigned to: each target takes the value on top of the stack. */
import type { Expression } from '../syntax/ast.ts';
import { SyntaxProblem } from '../syntax/syntax-problem.ts';
import * as control from '../machine/instructions/control.ts';
import * as iteration from '../machine/instructions/iteration.ts';
import * as names from '../machine/instructions/names.ts';
import { compileExpression, deleteVariable, storeVariable } from './expressions.ts';
import type { Unit } from './unit.ts';

export function compileTarget(unit: Unit, target: Expression): void {
  const before = unit.span;
  unit.at(target.at);
  switch (target.kind) {
    case 'name':
      storeVariable(unit, target.name);
      break;
    case 'attribute':
      compileExpression(unit, target.object);
      unit.emit(names.storeAttributeOf, unit.name(unit.mangled(target.name)));
      unit.emit(control.pop);
      break;
    case 'subscript':
      compileExpression(unit, target.object);
      compileExpression(unit, target.index);
      unit.emit(names.storeItem);
      unit.emit(control.pop);
      break;
    case 'tuple':
    case 'list':
      compileUnpacking(unit, target.items);
      break;
    default:
      throw new SyntaxProblem('cannot assign to expression', target.at);
  }
  unit.at(before);
}

function compileUnpacking(unit: Unit, items: readonly Expression[]): void {
  const starred = items.findIndex((item) => item.kind === 'starred');
  if (starred === -1) unit.emit(iteration.unpack, items.length);
  else {
    if (items.findLastIndex((item) => item.kind === 'starred') !== starred)
      throw new SyntaxProblem('multiple starred expressions in assignment', items[starred]!.at);
    unit.emit(iteration.unpackStarred, starred | ((items.length - starred - 1) << 8));
  }
  for (const item of items) compileTarget(unit, item.kind === 'starred' ? item.value : item);
}

export function compileDeletion(unit: Unit, target: Expression): void {
  unit.at(target.at);
  switch (target.kind) {
    case 'name':
      deleteVariable(unit, target.name);
      return;
    case 'attribute':
      compileExpression(unit, target.object);
      unit.emit(names.deleteAttributeOf, unit.name(unit.mangled(target.name)));
      unit.emit(control.pop);
      return;
    case 'subscript':
      compileExpression(unit, target.object);
      compileExpression(unit, target.index);
      unit.emit(names.deleteItem);
      unit.emit(control.pop);
      return;
    case 'tuple':
    case 'list':
      for (const item of target.items) compileDeletion(unit, item);
      return;
    default:
      throw new SyntaxProblem('cannot delete expression', target.at);
  }
}
