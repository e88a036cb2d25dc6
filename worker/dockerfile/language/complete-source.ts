/** Stages and images that a name can stand for. */
import type { Analysis } from '../analysis/analyse.ts';
import type { Choice } from './complete.ts';
import type { Surroundings } from './diagnose.ts';

/** Stages that begin above the line, and not the one it is in; the nearest first. */
export function stageChoices(analysis: Analysis, line: number, isFrom = false): readonly Choice[] {
  const above = analysis.stages.filter(({ from }) => from.range.startLine < line);
  const earlier = isFrom ? above : above.slice(0, -1);
  return earlier
    .filter(({ name }) => name !== '')
    .reverse()
    .map(({ name, from }) => ({
      label: name,
      kind: 'stage',
      insert: name,
      detail: `stage on ${from.data.baseName}, line ${from.range.startLine}`,
    }));
}

/** Images of the registry, or the tags of the one whose name is written with its colon. */
export function imageChoices(written: string, { images }: Surroundings): readonly Choice[] {
  const repositories = images?.repositories ?? [];
  const colon = written.indexOf(':');
  if (colon < 0) {
    return repositories.map(({ name, tags }) => ({
      label: name,
      kind: 'image',
      insert: name,
      detail: `${tags.length} tags`,
    }));
  }
  const name = written.slice(0, colon);
  const tags = repositories.find((repository) => repository.name === name)?.tags ?? [];
  return tags.map((tag) => ({ label: `${name}:${tag}`, kind: 'image', insert: `${name}:${tag}` }));
}
