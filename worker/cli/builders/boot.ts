/** Booting a builder: Docker would start a container with BuildKit in it; here the engine of the page stands for it. */
import type { CliContext } from '../context.ts';
import { isEngineBuilder } from './choose.ts';
import { saveBuilder, type Builder } from './instances.ts';

/** Told wherever a builder is made use of that Docker would keep in a container. */
export function standInNote({ name }: Builder): string {
  return `Strata keeps "${name}" as a record: no BuildKit container runs, the engine of this page builds in its place.`;
}

/** Marks a builder as running, and says what that stands for. */
export async function bootBuilder(context: CliContext, builder: Builder): Promise<Builder> {
  if (isEngineBuilder(builder) || builder.nodes.every(({ booted }) => booted)) return builder;
  const booted = {
    ...builder,
    nodes: builder.nodes.map((node) => ({ ...node, booted: true })),
    activeMs: context.clock.nowMs(),
  };
  saveBuilder(context, booted);
  await context.shell.err.write(`#1 [internal] booting buildkit\n#1 ${standInNote(builder)}\n#1 DONE 0.0s\n`);
  return booted;
}
