/** Questions that are answered with yes or no. */
import type { CliContext } from './context.ts';

/** Asks on standard output; anything but `y` or `yes`, the end of input too, means no. */
export async function confirmed(context: CliContext, question: string): Promise<boolean> {
  await context.shell.out.write(`${question} [y/N] `);
  await context.shell.out.flush();
  const input = context.shell.stdin();
  for await (const line of input.lines()) return /^y(?:es)?$/i.test(line.trim());
  return false;
}
