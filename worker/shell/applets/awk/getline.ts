/** `getline` in its forms: which input it reads, what it sets, and what it counts. */
import type { Expression } from './ast.ts';
import type { ExpressionCompiler } from './expressions.ts';
import type { RecordReader } from './record-reader.ts';
import { FLOW, type Run, type Soon } from './flow.ts';
import { InputText, type Value } from './values.ts';

/** Reads a record; `take` gets 1, 0 at the end, -1 where the input cannot be read. */
export function compileGetline(
  compiler: ExpressionCompiler,
  { from, source, target }: Expression & { kind: 'getline' },
  take: (result: Value) => void,
): Run {
  const { runtime } = compiler;
  const name = source === undefined ? () => '' : compiler.text(source);
  const into = target === undefined ? undefined : compiler.target(target);
  const store = (record: string | undefined): number => {
    if (record !== undefined) {
      if (from === 'input') runtime.countRecord();
      if (into === undefined) runtime.setRecord(record);
      else into.write(into.locate(), new InputText(record));
    }
    take(record === undefined ? 0 : 1);
    return FLOW.normal;
  };
  const storeSoon = (record: Soon<string | undefined>): Soon<number> =>
    record instanceof Promise ? record.then(store) : store(record);
  if (from === 'input') return () => storeSoon(runtime.input.next());
  const read = (reader: RecordReader | undefined): Soon<number> => {
    if (reader !== undefined) return storeSoon(reader.next(runtime.recordSeparator));
    take(-1);
    return FLOW.normal;
  };
  return () => runtime.channels.reader(from, name()).then(read);
}
