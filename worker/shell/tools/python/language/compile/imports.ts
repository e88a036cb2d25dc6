/** Compiles imports. */
import type { Statement } from '../syntax/ast.ts';
import * as control from '../machine/instructions/control.ts';
import * as functions from '../machine/instructions/functions.ts';
import * as names from '../machine/instructions/names.ts';
import { storeVariable } from './expressions.ts';
import type { Unit } from './unit.ts';

export function compileImport(
  unit: Unit,
  statement: Extract<Statement, { readonly kind: 'import' | 'import from' }>,
): void {
  if (statement.kind === 'import') {
    for (const { name, alias } of statement.names) {
      unit.emit(names.loadConstant, unit.constant(0));
      unit.emit(functions.importName, unit.name(name));
      const [first = name, ...rest] = name.split('.');
      if (alias === undefined) {
        storeVariable(unit, first);
        continue;
      }
      for (const part of rest) unit.emit(names.loadAttribute, unit.name(part));
      storeVariable(unit, alias);
    }
    return;
  }
  unit.emit(names.loadConstant, unit.constant(statement.level));
  unit.emit(functions.importPackage, unit.name(statement.module));
  if (statement.names[0]?.name === '*') {
    unit.emit(functions.importAll);
    return;
  }
  for (const { name, alias } of statement.names) {
    unit.emit(functions.importNameFrom, unit.name(name));
    storeVariable(unit, alias ?? name);
  }
  unit.emit(control.pop);
}
