/** Names in archives: which are meant, which are left out, and what they become in the file system. */
import { bodyChunks } from '../../../vfs/body.ts';
import { decodeText } from '../../text.ts';
import type { AppletContext } from '../context.ts';
import { UNCHARGED, type Expression } from '../../regex/expression.ts';
import { regularExpressionOf } from '../regular-expression.ts';
import type { TarCommand } from './command-line.ts';

/** `name` without slashes at its end. */
export function withoutSlashes(name: string): string {
  return name.replace(/(?<=.)\/+$/, '');
}

/** A shell pattern as a regular expression of a whole name; a star takes slashes too, as in tar. */
function patternExpression(pattern: string): string {
  const escaped = pattern.replace(/[.+^$(){}|\\]/g, '\\$&');
  return escaped.replace(/\*/g, '.*').replace(/\?/g, '.').replace(/\[!/g, '[^');
}

const VERSION_CONTROL = [
  '.git', '.gitignore', '.gitattributes', '.gitmodules', '.svn', 'CVS', '.cvsignore', 'RCS', 'SCCS', '.hg', '.hgignore', '.hgtags', '.bzr',
  '.bzrignore', '.bzrtags', '_darcs', '.arch-ids', '{arch}', '=RELEASE-ID', '=meta-update', '=update',
]; // prettier-ignore

/** Says which names are left out: those of --exclude, -X and --exclude-vcs, and all below them. */
export async function exclusions(context: AppletContext, { options }: TarCommand): Promise<(name: string) => boolean> {
  const patterns = options.values('exclude').map(withoutSlashes);
  for (const path of options.values('X')) patterns.push(...(await readList(context, path, '\n')));
  if (options.has('vcs')) patterns.push(...VERSION_CONTROL);
  if (patterns.length === 0) return () => false;
  const start = options.has('anchored') ? '^' : '(?:^|/)';
  const expression = new RegExp(`${start}(?:${patterns.map(patternExpression).join('|')})(?:/|$)`, 's');
  return (name) => expression.test(name);
}

/** The lines of a list of names (-T, -X). */
export async function readList(context: AppletContext, path: string, separator: string): Promise<string[]> {
  if (path === '-') return (await context.stdin().text()).split(separator).filter((line) => line !== '');
  let text = '';
  for await (const bytes of bodyChunks(context.files.body(path))) text += decodeText(bytes);
  return text.split(separator).filter((line) => line !== '');
}

/** The members that were asked for by name. */
interface Selection {
  /** True for a member that is meant: itself, or something above it, was named; all are where nothing was. */
  includes(name: string): boolean;
  /** Names that no member had. */
  unmatched(): readonly string[];
}

export function selectMembers(names: readonly string[], wildcards: boolean): Selection {
  const wanted = names.map((name) => {
    const plain = withoutSlashes(name);
    const expression = wildcards ? new RegExp(`^${patternExpression(plain)}(?:/|$)`, 's') : undefined;
    const matches = (member: string): boolean =>
      expression === undefined ? member === plain || member.startsWith(`${plain}/`) : expression.test(member);
    return { name, matches, found: false };
  });
  return {
    includes(member) {
      if (wanted.length === 0) return true;
      const matching = wanted.filter((one) => one.matches(withoutSlashes(member)));
      for (const one of matching) one.found = true;
      return matching.length > 0;
    },
    unmatched: () => wanted.filter((one) => !one.found).map((one) => one.name),
  };
}

/** Makes names safe by taking off what leads out of the directory, and says so once for each prefix. */
export class SafeNames {
  readonly #context: AppletContext;
  readonly #told = new Set<string>();
  readonly #what: string;

  /** `what` the names are: `member names` or `hard link targets`. */
  constructor(context: AppletContext, what: string) {
    this.#context = context;
    this.#what = what;
  }

  async safe(name: string): Promise<string> {
    const prefix = /^(?:.*\/)?\.\.(?:\/|$)|^\/+/s.exec(name)?.[0] ?? '';
    if (prefix === '') return name;
    const rest = name.slice(prefix.length).replace(/^\/+/, '');
    const shown = prefix.startsWith('/') && /^\/+$/.test(prefix) ? '/' : prefix;
    if (!this.#told.has(shown)) {
      this.#told.add(shown);
      const gnu = this.#context.flavour === 'gnu';
      await this.#context.complain(
        `${gnu ? `Removing leading \`${shown}'` : `removing leading '${shown}'`} from ${this.#what}`,
      );
    }
    return rest === '' ? './' : rest;
  }
}

/** `name` without its first `count` segments; undefined when nothing is left. */
export function stripComponents(name: string, count: number): string | undefined {
  if (count === 0) return name;
  const segments = name.split('/').filter((segment, index) => segment !== '' || index === 0);
  const rest = segments.slice(count).join('/');
  return rest === '' ? undefined : rest;
}

/** What --transform makes of a name: `s/regex/replacement/flags` in basic regular expressions. */
export function nameTransform(expressions: readonly string[]): (name: string) => string {
  const replacements = expressions.flatMap((text) => {
    const separator = text[1] ?? '/';
    const [, pattern = '', replacement = '', flags = ''] = text.split(separator);
    if (!text.startsWith('s')) return [];
    const expression = { extended: flags.includes('x'), ignoreCase: flags.includes('i') };
    return [{ pattern: regularExpressionOf(pattern, expression), replacement, all: flags.includes('g') }];
  });
  return (name) =>
    replacements.reduce((text, one) => replaceIn(text, one.pattern, one.replacement, one.all ? Infinity : 1), name);
}

function replaceIn(text: string, pattern: Expression, replacement: string, most: number): string {
  let out = '';
  let end = 0;
  let count = 0;
  for (const match of pattern.findAll(text, UNCHARGED)) {
    if (count++ >= most) break;
    const made = replacement.replace(/\\(\d)|\\(.)|&/gs, (_, group?: string, escaped?: string) =>
      group === undefined ? (escaped ?? match[0]) : (match[Number(group)] ?? ''),
    );
    out += text.slice(end, match.index) + made;
    end = match.index + match[0].length;
  }
  return out + text.slice(end);
}
