/** What a source of COPY or ADD takes from the build context: how many files, how large, and which are kept out. */
import { cleanPath } from '../ignore/clean-path.ts';
import { parseGlob, type Glob } from '../ignore/glob.ts';
import type { Surroundings } from './diagnose.ts';
import { ignored } from './ignored.ts';

/** Files that are named; of more their number is told. */
const NAMED = 5;
const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

interface SourceFile {
  readonly path: string;
  readonly bytes: number;
}

/** Markdown; undefined where nothing is known of the context. */
export function hoverSource(
  source: string,
  { contextPaths, contextBytes, dockerignore = '' }: Surroundings,
): string | undefined {
  if (contextPaths.length === 0) return undefined;
  const matching = matchesOf(source);
  if (matching === undefined) return undefined;
  const files = contextPaths.flatMap((path, at): SourceFile[] =>
    matching(path) ? [{ path, bytes: contextBytes?.[at] ?? 0 }] : [],
  );
  const out = new Set(
    ignored(
      dockerignore,
      files.map(({ path }) => path),
    ).flatMap(({ path, ignored: left }) => (left ? [path] : [])),
  );
  const sent = files.filter(({ path }) => !out.has(path));
  const kept = out.size === 0 ? [] : [`\`.dockerignore\` keeps ${count(out.size)} out.`];
  if (sent.length === 0) return [`\`${source}\` matches no file of the build context.`, ...kept].join('\n\n');
  const size = contextBytes === undefined ? '' : `, ${sizeOf(sent.reduce((sum, { bytes }) => sum + bytes, 0))}`;
  const named = sent.slice(0, NAMED).map(({ path, bytes }) => {
    return `- \`${path}\`${contextBytes === undefined ? '' : ` ${sizeOf(bytes)}`}`;
  });
  const more = sent.length > NAMED ? [`- and ${count(sent.length - NAMED)} more`] : [];
  return [`${count(sent.length)} of the build context${size}`, [...named, ...more].join('\n'), ...kept].join('\n\n');
}

/** Whether a file is named by a source, or lies in a directory that is; undefined for a malformed pattern. */
function matchesOf(source: string): ((path: string) => boolean) | undefined {
  const clean = cleanPath(`/${source}`).slice(1);
  if (clean === '') return () => true;
  const depth = clean.split('/').length;
  const glob = globOf(clean);
  return glob && ((path) => glob.matches(path.split('/').slice(0, depth).join('/')));
}

/** Two stars mean no more to COPY than one. */
function globOf(pattern: string): Glob | undefined {
  try {
    return parseGlob(pattern.replace(/\*+/g, '*'));
  } catch {
    return undefined;
  }
}

const count = (files: number): string => (files === 1 ? '1 file' : `${files} files`);

function sizeOf(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(3))} ${UNITS[unit] ?? ''}`;
}
