/** Going to where a stage or a variable is named, and naming it anew. */
import { EngineError } from '../../base/errors.ts';
import type { TextEdit } from '../../base/source.ts';
import { analyse } from '../analysis/analyse.ts';
import { NO_IMAGES, type KnownImages } from '../analysis/known-images.ts';
import type { Place } from '../lint/places.ts';
import type { Position } from './cursor.ts';
import { namedThingAt } from './symbols.ts';

/** Where the thing at the position gets its name; none for what has none. */
export function definitions(text: string, at: Position, images: KnownImages = NO_IMAGES): readonly Place[] {
  return namedThingAt(analyse(text, images), at)?.definitions ?? [];
}

/** Every place the thing at the position is named. */
export function references(text: string, at: Position, images: KnownImages = NO_IMAGES): readonly Place[] {
  return namedThingAt(analyse(text, images), at)?.occurrences ?? [];
}

export interface Renameable {
  readonly range: Place;
  readonly name: string;
}

/** What would be renamed at the position; undefined for what has no name of its own here. */
export function renameable(text: string, at: Position, images: KnownImages = NO_IMAGES): Renameable | undefined {
  const thing = namedThingAt(analyse(text, images), at);
  if (thing === undefined || thing.definitions.length === 0) return undefined;
  const range = thing.occurrences.find(
    ({ startLine, startColumn, endColumn }) =>
      startLine === at.line && at.column >= startColumn && at.column <= endColumn,
  );
  return range === undefined ? undefined : { range, name: thing.name };
}

const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/i;
const VARIABLE_NAME = /^[A-Za-z_]\w*$/;

/** The edits that rename it. Throws `invalid-argument` for what is no name, or one that is taken. */
export function rename(text: string, at: Position, name: string, images: KnownImages = NO_IMAGES): readonly TextEdit[] {
  const analysis = analyse(text, images);
  const thing = namedThingAt(analysis, at);
  if (thing === undefined) return [];
  if (!(thing.kind === 'stage' ? STAGE_NAME : VARIABLE_NAME).test(name)) {
    const form =
      thing.kind === 'stage'
        ? 'begins with a letter, and holds letters, digits, - _ and .'
        : 'holds letters, digits and _';
    throw new EngineError('invalid-argument', `"${name}" is no name of a ${thing.kind}: one ${form}.`);
  }
  const isTaken = thing.kind === 'stage' && analysis.stages.some((stage) => stage.name === name.toLowerCase());
  if (isTaken && name.toLowerCase() !== thing.name) {
    throw new EngineError('invalid-argument', `There is a stage "${name}" already.`);
  }
  return thing.occurrences.map((range) => ({ range, text: name }));
}
