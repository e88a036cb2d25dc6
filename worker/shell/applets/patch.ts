/** patch: applies unified diffs */
import { decodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import { errorText, type AppletContext } from './context.ts';
import { parseCount } from './numbers.ts';
import { parseOptions, type Options } from './options.ts';
import { parsePatch, type FilePatch, type Hunk } from './patch-file.ts';

export const patch: Applet = {
  names: ['patch'],
  summary: 'Apply a unified diff',
  usage: '[-RNE] [-p N] [-i DIFF] [ORIGFILE [PATCHFILE]]',
  async run(context) {
    const options = parseOptions(context.args, 'p:i:RNEufstd:lb', {
      strip: 'p', input: 'i', reverse: 'R', forward: 'N', 'remove-empty-files': 'E', 'dry-run': 'dry-run', silent: 's', quiet: 's',
      force: 'f', batch: 't', directory: 'd', unified: 'u', backup: 'b',
    }); // prettier-ignore
    const [original, patchFile] = options.operands;
    const path = options.value('i') ?? patchFile ?? '-';
    let text: string;
    try {
      const input = await context.open(path);
      text = decodeText(await input.all());
      input.close();
    } catch (error) {
      return context.complain(`can't open '${path}': ${errorText(error)}`);
    }
    const patches = parsePatch(text, options.has('R'));
    let status = 0;
    for (const one of patches) status = Math.max(status, await patchFileWith(context, options, one, original));
    return status;
  },
};

async function patchFileWith(
  context: AppletContext,
  options: Options,
  filePatch: FilePatch,
  original: string | undefined,
): Promise<number> {
  const { creates, removes } = filePatch;
  const path = original ?? choosePath(context, options, filePatch);
  const shown = creates ? 'creating' : removes ? 'removing' : 'patching file';
  if (!options.has('s')) await context.out.write(`${shown} ${path}\n`);
  let lines: string[];
  try {
    lines = creates && context.files.find(path) === undefined ? [] : await readLines(context, path);
  } catch (error) {
    return context.complain(`can't open '${path}': ${errorText(error)}`);
  }
  const applied = applyHunks(lines, filePatch.hunks);
  if ('failed' in applied) {
    await context.out.flush();
    await context.err.write(
      `Hunk ${applied.failed + 1} FAILED ${applied.failed + 1}/${filePatch.hunks.length}.\n${filePatch.hunks[applied.failed]?.text ?? ''}`,
    );
    return 1;
  }
  if (options.has('dry-run')) return 0;
  try {
    if (removes || (options.has('E') && applied.lines.length === 0)) context.files.unlink(path);
    else await writeLines(context, path, applied.lines);
  } catch (error) {
    return context.report(path, error);
  }
  return 0;
}

/** The file a patch is for: the first of its names, stripped as -p says, that exists. */
function choosePath(context: AppletContext, options: Options, { oldPath, newPath }: FilePatch): string {
  const count = parseCount(options.value('p') ?? '');
  const strip = (path: string): string => {
    const names = path.split('/');
    return names.slice(Math.min(count ?? 0, names.length - 1)).join('/');
  };
  const directory = options.value('d');
  const names = [newPath, oldPath]
    .filter((path) => path !== '/dev/null')
    .map((path) => (directory === undefined ? strip(path) : `${directory}/${strip(path)}`));
  return names.find((path) => context.files.find(path) !== undefined) ?? names[0] ?? newPath;
}

/** Lines with their newlines. */
async function readLines(context: AppletContext, path: string): Promise<string[]> {
  const input = await context.open(path);
  const text = decodeText(await input.all());
  input.close();
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

async function writeLines(context: AppletContext, path: string, lines: readonly string[]): Promise<void> {
  const slash = path.lastIndexOf('/');
  for (let at = path.indexOf('/', 1); at !== -1 && at <= slash; at = path.indexOf('/', at + 1)) {
    const parent = path.slice(0, at);
    if (context.files.find(parent) === undefined) context.files.makeDirectory(parent);
  }
  const file = await context.create(path);
  for (const line of lines) await file.write(line);
  await file.close();
}

/** The lines with all hunks applied; the number of the first that does not fit. */
function applyHunks(
  lines: readonly string[],
  hunks: readonly Hunk[],
): { readonly lines: string[] } | { readonly failed: number } {
  const out: string[] = [];
  let at = 0;
  let shift = 0;
  for (const [i, hunk] of hunks.entries()) {
    const expected = Math.max(at, hunk.start + shift);
    const place = findPlace(lines, hunk.before, expected, at);
    if (place === undefined) return { failed: i };
    shift = place - hunk.start;
    out.push(...lines.slice(at, place), ...hunk.after);
    at = place + hunk.before.length;
  }
  return { lines: [...out, ...lines.slice(at)] };
}

/** Where the lines of a hunk stand, nearest to where they should; undefined where nowhere. */
function findPlace(
  lines: readonly string[],
  wanted: readonly string[],
  expected: number,
  first: number,
): number | undefined {
  const fits = (at: number): boolean => wanted.every((line, i) => lines[at + i] === line);
  const furthest = Math.max(lines.length, expected);
  for (let distance = 0; distance <= furthest; distance++) {
    if (expected + distance <= lines.length && fits(expected + distance)) return expected + distance;
    if (expected - distance >= first && fits(expected - distance)) return expected - distance;
  }
  return undefined;
}
