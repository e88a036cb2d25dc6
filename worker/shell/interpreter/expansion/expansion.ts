/**
 * Expansion as a computation that mostly needs nobody: it is a generator that yields only what takes a process (`$(…)`,
 * `<(…)`) and goes on with the text that came of it. So a word without one is expanded at once, and the order of
 * evaluation is kept where there is one.
 */
import type { CommandExpansionPart, ProcessSubstitutionPart } from 'unbash';

/** What has to be run to go on. The answer is its output, or the path of the pipe to it. */
export type Substitution = CommandExpansionPart | ProcessSubstitutionPart;

export type Expansion<T> = Generator<Substitution, T, string>;

/** Runs an expansion to its end; a promise only when something had to be run. */
export function settle<T>(
  expansion: Expansion<T>,
  run: (substitution: Substitution) => Promise<string>,
): T | Promise<T> {
  const first = expansion.next();
  return first.done === true ? first.value : settleLater(expansion, first.value, run);
}

async function settleLater<T>(
  expansion: Expansion<T>,
  first: Substitution,
  run: (substitution: Substitution) => Promise<string>,
): Promise<T> {
  let wanted = first;
  for (;;) {
    const step = expansion.next(await run(wanted));
    if (step.done === true) return step.value;
    wanted = step.value;
  }
}
