/** Code and tracebacks as values that a program may look at. */
import { codeType, tracebackType, Tuple } from '../objects/containers.ts';
import type { TracebackEntry } from '../objects/exceptions.ts';
import type { PythonObject, Value } from '../objects/values.ts';
import type { Code } from '../compile/code.ts';

export class CodeObject implements PythonObject {
  readonly cls = codeType;
  readonly code: Code;

  constructor(code: Code) {
    this.code = code;
  }

  attribute(name: string): Value | undefined {
    const { code } = this;
    switch (name) {
      case 'co_name':
        return code.name;
      case 'co_qualname':
        return code.qualifiedName;
      case 'co_filename':
        return code.file;
      case 'co_firstlineno':
        return code.firstLine;
      case 'co_argcount':
        return code.parameters.positional;
      case 'co_kwonlyargcount':
        return code.parameters.keywordOnly;
      case 'co_varnames':
        return new Tuple(code.localNames);
      default:
        return undefined;
    }
  }
}

/** The way of an exception, from some frame inwards. */
export class TracebackObject implements PythonObject {
  readonly cls = tracebackType;
  /** From where it was raised outwards. */
  readonly entries: readonly TracebackEntry[];

  constructor(entries: readonly TracebackEntry[]) {
    this.entries = entries;
  }

  attribute(name: string): Value | undefined {
    switch (name) {
      case 'tb_lineno':
        return this.entries.at(-1)?.span.line ?? null;
      case 'tb_next':
        return this.entries.length > 1 ? new TracebackObject(this.entries.slice(0, -1)) : null;
      default:
        return undefined;
    }
  }
}
