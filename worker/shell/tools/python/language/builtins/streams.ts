/** Built-in functions that reach outside or into the running program: print, input, open, exec, globals and the like. */
import { classOf, className, textOf } from '../objects/classes.ts';
import { Dict, dictOfNames, List, Super, Tuple } from '../objects/containers.ts';
import { raised, typeError } from '../objects/exceptions.ts';
import { ModuleObject, TypeObject, type Globals, type Value } from '../objects/values.ts';
import { compileProgram, compileSingleExpression } from '../compile/compile.ts';
import { getAttribute, ownAttributes } from '../machine/attributes.ts';
import { PythonFrame } from '../machine/frames.ts';
import { importModule } from '../machine/importing.ts';
import { CodeObject } from '../machine/introspection.ts';
import type { Machine } from '../machine/machine.ts';
import { plain, stepped } from '../machine/native.ts';
import { str } from '../machine/representation.ts';
import { call, Run, wait, type Steps } from '../machine/steps.ts';
import { syntaxError } from '../machine/syntax-errors.ts';
import { truth } from '../machine/truth.ts';
import { SyntaxProblem } from '../syntax/syntax-problem.ts';
import { openFile } from '../files/open.ts';
import { StandardStream } from '../files/standard-streams.ts';

export const programFunctions = [
  stepped(
    'print(*, sep=, end=, file=, flush=, *args)',
    function* ([sep = null, end = null, file = null, flush = false, args], machine) {
      const items = args instanceof Tuple ? args.items : [];
      const between = separator(sep, ' ', 'sep');
      const after = separator(end, '\n', 'end');
      const text = items.map((item) => str(item, machine)).join(between) + after;
      const sys = machine.modules.get('sys');
      const target = file ?? sys?.attributes.get('stdout') ?? null;
      if (target === null) return null;
      if (target instanceof StandardStream) yield* wait(target.write(text));
      else yield* call(yield* getAttribute(target, 'write'), [text]);
      if (truth(flush, machine)) {
        if (target instanceof StandardStream) yield* wait(target.flush());
        else yield* call(yield* getAttribute(target, 'flush'));
      }
      return null;
    },
  ),
  stepped('input(prompt=, /)', function* ([prompt], machine) {
    const sys = machine.modules.get('sys');
    const out = sys?.attributes.get('stdout');
    const from = sys?.attributes.get('stdin') ?? null;
    if (prompt !== undefined && out instanceof StandardStream) yield* wait(out.write(str(prompt, machine)));
    if (out instanceof StandardStream) yield* wait(out.flush());
    const line = textOf(yield* call(yield* getAttribute(from, 'readline'))) ?? '';
    if (line === '') throw raised('EOFError', 'EOF when reading a line');
    return line.replace(/\n$/, '');
  }),
  stepped(
    'open(file, mode=, buffering=, encoding=, errors=, newline=, closefd=, opener=)',
    function* ([file, mode = 'r', , encoding = null, errors = null, newline = null], machine) {
      return yield* openFile({ file: file!, mode: textOf(mode) ?? 'r', encoding, errors, newline }, machine);
    },
  ),
  plain('globals()', (_args, machine) => dictOfGlobals(machine.programFrame?.globals ?? new Map())),
  plain('locals()', (_args, machine) => {
    const frame = machine.programFrame;
    if (frame === undefined) return new Dict();
    if (frame.code.kind !== 'function') return dictOfGlobals(frame.namespace ?? frame.globals);
    const dict = new Dict();
    frame.code.localNames.forEach((name, index) => {
      const value = frame.locals[index];
      if (value !== undefined && !name.startsWith('.')) dict.set(name, value);
    });
    [...frame.code.cellNames, ...frame.code.freeNames].forEach((name, index) => {
      const value = frame.cells[index]?.value;
      if (value !== undefined) dict.set(name, value);
    });
    return dict;
  }),
  plain('vars(object=, /)', ([value], machine) => {
    if (value === undefined)
      return dictOfGlobals(machine.programFrame?.namespace ?? machine.programFrame?.globals ?? new Map());
    const own = ownAttributes(value);
    if (own === undefined) throw typeError('vars() argument must have __dict__ attribute');
    return dictOfNames(own);
  }),
  plain('dir(object=, /)', ([value], machine) => new List(namesOf(value, machine))),
  plain('super(type=, object=, /)', ([type, self], machine) => {
    if (type instanceof TypeObject && self !== undefined) return new Super(type, self);
    const frame = machine.programFrame;
    const cells = frame === undefined ? [] : [...frame.code.cellNames, ...frame.code.freeNames];
    const owner = frame?.cells[cells.indexOf('__class__')]?.value;
    const own =
      frame?.locals[0] ?? frame?.cells[frame.code.cellParameters.find(([slot]) => slot === 0)?.[1] ?? -1]?.value;
    if (!(owner instanceof TypeObject)) throw raised('RuntimeError', 'super(): __class__ cell not found');
    if (own === undefined) throw raised('RuntimeError', 'super(): no arguments');
    return new Super(owner, own);
  }),
  stepped('__import__(name, globals=, locals=, fromlist=, level=)', function* ([name, , , fromList = null], machine) {
    const which = fromList !== null && truth(fromList, machine) ? 'last' : 'first';
    return yield* importModule(textOf(name) ?? '', 0, new Map(), machine, which);
  }),
  plain('compile(source, filename, mode, *args)', ([source, file, mode]) => {
    const text = textOf(source) ?? '';
    return new CodeObject(compiled(text, textOf(file) ?? '<string>', mode === 'eval'));
  }),
  stepped('eval(source, globals=, locals=, /)', ([source, globals, locals], machine) =>
    evaluate(source!, globals, locals, true, machine),
  ),
  stepped('exec(source, globals=, locals=, /)', function* ([source, globals, locals], machine) {
    yield* evaluate(source!, globals, locals, false, machine);
    return null;
  }),
];

function separator(value: Value, usual: string, name: string): string {
  if (value === null) return usual;
  const text = textOf(value);
  if (text === undefined) throw typeError(`${name} must be None or a string, not ${className(value)}`);
  return text;
}

function dictOfGlobals(globals: Globals): Dict {
  return dictOfNames([...globals].filter(([name]) => !name.startsWith('.')));
}

function namesOf(value: Value | undefined, machine: Machine): string[] {
  if (value === undefined) {
    const frame = machine.programFrame;
    return [...(frame?.namespace ?? frame?.globals ?? new Map<string, Value>()).keys()]
      .filter((name) => !name.startsWith('.'))
      .sort();
  }
  const own = [...(ownAttributes(value)?.keys() ?? [])];
  if (value instanceof ModuleObject) return own.sort();
  const types = value instanceof TypeObject ? value.mro : classOf(value).mro;
  return [...new Set([...own, ...types.flatMap((type) => [...type.attributes.keys()])])].sort();
}

function compiled(text: string, file: string, isExpression: boolean): CodeObject['code'] {
  try {
    return isExpression ? compileSingleExpression(text, file) : compileProgram(text, file);
  } catch (error) {
    if (error instanceof SyntaxProblem) throw syntaxError(error, file, text);
    throw error;
  }
}

/** Runs a text of Python: Strata's own interpreter does, nothing of the browser's. */
function* evaluate(
  source: Value,
  globals: Value | undefined,
  locals: Value | undefined,
  isExpression: boolean,
  machine: Machine,
): Steps<Value> {
  const text = textOf(source);
  if (text === undefined && !(source instanceof CodeObject))
    throw typeError(`${isExpression ? 'eval' : 'exec'}() arg 1 must be a string, bytes or code object`);
  const code = source instanceof CodeObject ? source.code : compiled(text ?? '', '<string>', isExpression);
  const caller = machine.programFrame;
  const given = globals instanceof Dict ? namesIn(globals) : undefined;
  const names = given ?? caller?.globals ?? new Map<string, Value>();
  const scope = locals instanceof Dict ? namesIn(locals) : given === undefined ? visibleNames(caller) : undefined;
  const frame = new PythonFrame(code, merged(names, scope), [], []);
  const result = (yield new Run(frame)) as Value;
  const written = locals instanceof Dict ? locals : globals instanceof Dict ? globals : undefined;
  if (written !== undefined)
    for (const [name, value] of frame.globals)
      if (!scope?.has(name) || scope.get(name) !== value) written.set(name, value);
  if (written === undefined && caller !== undefined && caller.code.kind === 'module')
    for (const [name, value] of frame.globals) caller.globals.set(name, value);
  return result;
}

function namesIn(dict: Dict): Globals {
  return new Map([...dict.entries.values()].map(({ key, value }) => [textOf(key) ?? '', value]));
}

function visibleNames(frame: PythonFrame | undefined): Globals | undefined {
  if (frame?.code.kind !== 'function') return frame?.namespace;
  const names: Globals = new Map();
  frame.code.localNames.forEach((name, index) => {
    const value = frame.locals[index];
    if (value !== undefined) names.set(name, value);
  });
  return names;
}

function merged(globals: Globals, scope: Globals | undefined): Globals {
  return scope === undefined ? globals : new Map([...globals, ...scope]);
}
