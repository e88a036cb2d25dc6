/** The name that a FROM gives its stage, as it is written. */
import type { Analysis } from '../analysis/analyse.ts';
import type { InstructionNode } from '../ast.ts';
import { placeAt, placeOf, type Place } from './places.ts';

/** Empty for a stage without one. */
export function writtenStageName({ args }: InstructionNode): string {
  return args.length === 3 ? (args[2] ?? '') : '';
}

/** The word `as`; undefined where it is not on the line of its name. */
export function asPlace(file: Pick<Analysis, 'lines'>, node: InstructionNode): Place | undefined {
  return tailPlaces(file, node)?.as;
}

export function stageNamePlace(file: Pick<Analysis, 'lines'>, node: InstructionNode): Place | undefined {
  return tailPlaces(file, node)?.name;
}

/** `AS name` at the end of an instruction. Both are searched from there: an image may have the name of its stage. */
function tailPlaces({ lines }: Pick<Analysis, 'lines'>, node: InstructionNode): { as: Place; name: Place } | undefined {
  const name = writtenStageName(node);
  const line = node.range.endLine;
  const match = /^(.*\s)?(\S+)(\s+)(\S+)\s*$/.exec(lines[line - 1] ?? '');
  const [, before = '', as = '', blanks = '', written = ''] = match ?? [];
  if (name === '' || written !== name || as !== node.args[1]) return undefined;
  const start = before.length + 1;
  return {
    as: placeAt(line, start, as.length),
    name: placeAt(line, start + as.length + blanks.length, name.length),
  };
}

/** The image, or stage, that a FROM names. */
export function baseNamePlace(file: Pick<Analysis, 'lines'>, node: InstructionNode): Place | undefined {
  return placeOf(file, node, node.args[0] ?? '');
}
