/** A cache verdict in words: why a step ran, or that it did not need to. */
import type { CacheDifference, CacheVerdict } from '../../worker/api/types.ts';

/** Kinds in the order in which they explain most. */
const WEIGHT: readonly CacheDifference['kind'][] = [
  'disabled',
  'file',
  'instruction',
  'argument',
  'environment',
  'image',
  'mount',
  'parent',
  'other',
  'no-record',
];

/** How a verdict is to be coloured: a hit, a step that had to run again and one can ask why, or a plain first build. */
export function verdictTone(verdict: CacheVerdict): 'good' | 'changed' | 'quiet' {
  if (verdict.hit) return 'good';
  const told = verdict.differences.filter(({ kind }) => kind !== 'parent');
  const first = told.length > 0 && told.every(({ kind }) => kind === 'no-record' || kind === 'disabled');
  return first || verdict.differences.length === 0 ? 'quiet' : 'changed';
}

/** A few words for the gutter: `cached`, `helloworld.go changed`, `step before rebuilt`. */
export function shortVerdict(verdict: CacheVerdict): string {
  if (verdict.hit) return 'cached';
  const [first, ...rest] = byWeight(verdict.differences);
  if (first === undefined) return 'built';
  const more = rest.filter((difference) => difference.kind === first.kind).length;
  return shortDifference(first) + (more > 0 ? `, ${more} more` : '');
}

/** A sentence for the log, the trace and screen readers. */
export function longVerdict(verdict: CacheVerdict): string {
  if (verdict.hit) return 'Nothing it depends on has changed: taken from the cache.';
  const reasons = byWeight(verdict.differences).map(longDifference);
  if (reasons.length === 0) return 'Built.';
  const shown = reasons.slice(0, 4).join('; ');
  return `Ran because ${shown}${reasons.length > 4 ? `; and ${reasons.length - 4} more` : ''}.`;
}

function byWeight(differences: readonly CacheDifference[]): CacheDifference[] {
  return [...differences].sort((a, b) => WEIGHT.indexOf(a.kind) - WEIGHT.indexOf(b.kind));
}

function shortDifference(difference: CacheDifference): string {
  const { kind, name } = difference;
  switch (kind) {
    case 'no-record':
      return 'first build';
    case 'disabled':
      return 'cache off';
    case 'parent':
      return 'step before rebuilt';
    case 'instruction':
      return 'instruction changed';
    case 'file':
      return `${lastSegment(name)} ${fileChange(difference)}`;
    case 'argument':
      return `ARG ${name} changed`;
    case 'environment':
      return `ENV ${name} changed`;
    case 'image':
      return `${name} changed`;
    case 'mount':
      return `mount ${name} changed`;
    case 'other':
      return `${name} changed`;
  }
}

function longDifference(difference: CacheDifference): string {
  const { kind, name } = difference;
  switch (kind) {
    case 'no-record':
      return 'it was never built here before';
    case 'disabled':
      return 'the cache is turned off';
    case 'parent':
      return name === '' ? 'the step before it was rebuilt' : `the step before it was rebuilt (${name})`;
    case 'instruction':
      return 'the instruction itself changed';
    case 'file':
      return `${name} was ${fileChange(difference)}`;
    case 'argument':
      return `ARG ${name} ${valueChange(difference)}`;
    case 'environment':
      return `ENV ${name} ${valueChange(difference)}`;
    case 'image':
      return `the image ${name} is not the one it was`;
    case 'mount':
      return `the mount ${name} changed`;
    case 'other':
      return `${name} ${valueChange(difference)}`;
  }
}

function fileChange(difference: CacheDifference): string {
  if (difference.before === undefined && difference.after !== undefined) return 'added';
  if (difference.after === undefined && difference.before !== undefined) return 'removed';
  return 'changed';
}

function valueChange({ before, after }: CacheDifference): string {
  if (before === undefined && after === undefined) return 'changed';
  if (before === undefined) return `is new (${after!})`;
  if (after === undefined) return `is gone (was ${before})`;
  return `was ${before}, is ${after}`;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}
