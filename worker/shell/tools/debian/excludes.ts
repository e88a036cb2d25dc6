/** Paths dpkg is told to leave out: `path-exclude` and `path-include` of /etc/dpkg/dpkg.cfg.d/* (dpkg(1)); the slim images use them. */
import type { AppletContext } from '../../applets/context.ts';
import { readText } from '../placing.ts';

const PARTS = '/etc/dpkg/dpkg.cfg.d';

/** Says of a path whether the last rule that names it excludes it. */
export async function excludedPaths(context: AppletContext): Promise<(path: string) => boolean> {
  const names = context.files.find(PARTS) === undefined ? [] : context.files.list(PARTS).map(({ name }) => name);
  const rules: { readonly exclude: boolean; readonly pattern: RegExp }[] = [];
  for (const name of names) {
    for (const line of ((await readText(context, `${PARTS}/${name}`)) ?? '').split('\n')) {
      const match = /^\s*path-(exclude|include)\s*=?\s*(\S+)/.exec(line);
      if (match?.[2] !== undefined) rules.push({ exclude: match[1] === 'exclude', pattern: globPattern(match[2]) });
    }
  }
  return (path) => rules.findLast((rule) => rule.pattern.test(path))?.exclude ?? false;
}

/** As fnmatch without flags: `*` matches slashes too. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
