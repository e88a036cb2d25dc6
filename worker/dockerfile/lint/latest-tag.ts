import { isEngineError } from '../../base/errors.ts';
import { parseReference, type Reference } from '../../oci/reference.ts';
import type { QuickFix } from '../../base/source.ts';
import type { LintedFile, LintRule } from './rule.ts';
import { replacing, type Place } from './places.ts';
import { baseNamePlace } from './stage-name.ts';

export const latestTag: LintRule = {
  name: 'LatestTag',
  origin: 'strata',
  severity: 'info',
  description: 'A base image should be named with the tag of a version',
  why: '`latest`, which is also what no tag means, is whatever was pushed last: the same Dockerfile gives another image tomorrow, and the cache of one machine another than that of the next. Name a version, or pin a digest.',
  *check(file) {
    for (const { from, base, baseName } of file.stages) {
      if (base !== undefined || baseName === 'scratch') continue;
      const reference = referenceOf(baseName);
      if (reference === undefined || reference.digest !== undefined) continue;
      if (reference.tag !== undefined && reference.tag !== 'latest') continue;
      const message = `${baseName} is ${reference.tag === undefined ? 'named without a tag, which means "latest"' : 'tagged "latest"'}`;
      const place = baseNamePlace(file, from.node);
      const fix = place === undefined ? undefined : versioned(file, from.data.baseName, place);
      yield {
        node: from.node,
        message,
        ...(place === undefined ? {} : { range: place }),
        ...(fix === undefined ? {} : { fix }),
      };
    }
  },
};

function referenceOf(name: string): Reference | undefined {
  try {
    return parseReference(name);
  } catch (error) {
    if (isEngineError(error)) return undefined;
    throw error;
  }
}

/** The longest tag of digits that the registry lists: the very version. */
function versioned({ images }: LintedFile, written: string, place: Place): QuickFix | undefined {
  const name = written.replace(/:latest$/, '');
  const tags = images.repositories.find((repository) => repository.name === name)?.tags ?? [];
  const versions = tags.filter((tag) => /^\d[\d.]*$/.test(tag));
  const newest = versions.sort(byVersion).at(-1);
  return newest === undefined ? undefined : replacing(`Use ${name}:${newest}`, place, `${name}:${newest}`);
}

function byVersion(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
