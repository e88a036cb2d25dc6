/** Exceptions as objects, and the classes of Python's own (library reference, "Exception hierarchy"). */
import type { Code, CodeSpan } from '../compile/code.ts';
import { builtinType, objectType, Tuple, EMPTY_TUPLE } from './containers.ts';
import type { PythonObject, TypeObject, Value } from './values.ts';

/** Where an exception passed through. */
export interface TracebackEntry {
  readonly code: Code;
  readonly span: CodeSpan;
}

export class ExceptionObject implements PythonObject {
  cls: TypeObject;
  args: Tuple;
  readonly attributes = new Map<string, Value>();
  /** From where it was raised outwards. */
  traceback: TracebackEntry[] = [];
  cause: Value = null;
  context: ExceptionObject | undefined;
  suppressesContext = false;

  constructor(cls: TypeObject, args: Tuple = EMPTY_TUPLE) {
    this.cls = cls;
    this.args = args;
  }
}

/** An exception on its way. */
export class Raised extends Error {
  readonly exception: ExceptionObject;
  /** It was raised before, here: no further line of the traceback. */
  readonly again: boolean;

  constructor(exception: ExceptionObject, again = false) {
    super(exception.cls.name);
    this.exception = exception;
    this.again = again;
  }
}

const HIERARCHY = `
BaseException
  SystemExit
  KeyboardInterrupt
  GeneratorExit
  Exception
    StopIteration
    StopAsyncIteration
    ArithmeticError
      FloatingPointError
      OverflowError
      ZeroDivisionError
    AssertionError
    AttributeError
    BufferError
    EOFError
    ImportError
      ModuleNotFoundError
    LookupError
      IndexError
      KeyError
    MemoryError
    NameError
      UnboundLocalError
    OSError
      BlockingIOError
      ChildProcessError
      ConnectionError
        BrokenPipeError
        ConnectionAbortedError
        ConnectionRefusedError
        ConnectionResetError
      FileExistsError
      FileNotFoundError
      InterruptedError
      IsADirectoryError
      NotADirectoryError
      PermissionError
      ProcessLookupError
      TimeoutError
      UnsupportedOperation
    ReferenceError
    RuntimeError
      NotImplementedError
      RecursionError
    SyntaxError
      IndentationError
        TabError
    SystemError
    TypeError
    ValueError
      UnicodeError
        UnicodeDecodeError
        UnicodeEncodeError
    Warning
      DeprecationWarning
      FutureWarning
      ImportWarning
      PendingDeprecationWarning
      ResourceWarning
      RuntimeWarning
      SyntaxWarning
      UserWarning
`;

function buildHierarchy(): Map<string, TypeObject> {
  const types = new Map<string, TypeObject>();
  const above: TypeObject[] = [];
  for (const line of HIERARCHY.split('\n').filter((one) => one !== '')) {
    const depth = (line.length - line.trimStart().length) / 2;
    const type = builtinType(line.trim(), [above[depth - 1] ?? objectType]);
    above[depth] = type;
    types.set(type.name, type);
  }
  return types;
}

/** The exceptions by name. */
export const exceptionTypes: ReadonlyMap<string, TypeObject> = buildHierarchy();

export function exceptionType(name: string): TypeObject {
  const type = exceptionTypes.get(name);
  if (type === undefined) throw new Error(`no exception ${name}`);
  return type;
}

export const baseExceptionType = exceptionType('BaseException');
export const stopIterationType = exceptionType('StopIteration');
export const attributeErrorType = exceptionType('AttributeError');
export const systemExitType = exceptionType('SystemExit');

/** An exception of Python's own, to be thrown. */
export function raised(name: string, ...args: readonly Value[]): Raised {
  return new Raised(new ExceptionObject(exceptionType(name), new Tuple(args)));
}

export function typeError(message: string): Raised {
  return raised('TypeError', message);
}

export function valueError(message: string): Raised {
  return raised('ValueError', message);
}
