/** The builtin functions that have to wait: `system`, `close`, `fflush`. */
import type { Expression } from './ast.ts';
import type { ExpressionCompiler } from './expressions.ts';
import { FLOW, type Run } from './flow.ts';
import type { Value } from './values.ts';

/** Runs a function and hands its result to `take`; undefined when it is none of these. */
export function compileWaitingBuiltin(
  compiler: ExpressionCompiler,
  { name, args }: Expression & { kind: 'builtin' },
  take: (result: Value) => void,
): Run | undefined {
  const { channels } = compiler.runtime;
  const [first] = args;
  const argument = first === undefined ? undefined : compiler.text(first);
  const operations: Readonly<Record<string, () => Promise<number>>> = {
    system: () => channels.run(argument?.() ?? ''),
    close: () => channels.close(argument?.() ?? ''),
    fflush: () => channels.flush(argument?.()),
  };
  const operation = operations[name];
  if (operation === undefined) return undefined;
  return () =>
    operation().then((result) => {
      take(result);
      return FLOW.normal;
    });
}
