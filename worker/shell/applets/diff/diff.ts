/** diff: busybox's, which knows unified output alone, and GNU's with its normal output */
import { decodeText } from '../../text.ts';
import type { Applet } from '../applet.ts';
import { errorText, type AppletContext } from '../context.ts';
import { parseCount } from '../numbers.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import { findChanges, type Change } from './line-differences.ts';
import { styledDate } from '../long-listing.ts';
import { normalDiff } from './normal.ts';
import { unifiedDiff, type LabelledText } from './unified.ts';

const TROUBLE = 2;
const DEFAULT_CONTEXT = 3;
const NOTHING = '/dev/null';

export const diff: Applet = {
  names: ['diff'],
  summary:
    'Compare files line by line and output the differences between them.\nThis implementation supports unified diffs only.',
  usage: '[-abBdiNqrTstw] [-L LABEL] [-S FILE] [-U LINES] FILE1 FILE2',
  usageStatus: TROUBLE,
  gnuHelpPrefix: 'diff: ',
  async run(context) {
    const options = parseOptions(context.args, 'abdiL:NqrsS:tTU:wuB', {
      'ignore-case': 'i', 'ignore-tab-expansion': 'E', 'ignore-space-change': 'b', 'ignore-all-space': 'w', 'ignore-blank-lines': 'B',
      text: 'a', unified: 'U::', label: 'L', brief: 'q', recursive: 'r', 'new-file': 'N', 'report-identical-files': 's',
      'starting-file': 'S', minimal: 'd', 'expand-tabs': 't', 'initial-tab': 'T', color: 'color::',
    }); // prettier-ignore
    const [first, second, ...excess] = options.operands;
    if (first === undefined || second === undefined || excess.length > 0) {
      const after = context.args.at(-1);
      const gnuMessage =
        excess[0] === undefined ? `missing operand after '${after ?? 'diff'}'` : `extra operand '${excess[0]}'`;
      throw new UsageError('', TROUBLE, gnuMessage);
    }
    return new Comparison(context, options).compareOperands(first, second);
  },
};

type Kind = 'file' | 'directory' | 'missing';

class Comparison {
  readonly #context: AppletContext;
  readonly #options: Options;

  constructor(context: AppletContext, options: Options) {
    this.#context = context;
    this.#options = options;
  }

  async compareOperands(first: string, second: string): Promise<number> {
    const kinds: Kind[] = [];
    for (const path of [first, second]) {
      const kind = this.#kindOf(path);
      if (kind === 'missing' && !this.#options.has('N')) {
        await this.#context.complain(`${this.#context.word(`can't stat '${path}'`, path)}: No such file or directory`);
        return TROUBLE;
      }
      kinds.push(kind);
    }
    const [firstKind, secondKind] = kinds;
    if (firstKind === 'directory' && secondKind === 'directory') return this.#compareDirectories(first, second);
    // a file is compared with the one of its name in the directory
    const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
    if (firstKind === 'directory') return this.#compareFiles(`${first}/${nameOf(second)}`, second);
    if (secondKind === 'directory') return this.#compareFiles(first, `${second}/${nameOf(first)}`);
    return this.#compareFiles(first, second);
  }

  #kindOf(path: string): Kind {
    if (path === '-') return 'file';
    const kind = this.#context.files.find(path)?.inode.kind;
    return kind === undefined ? 'missing' : kind === 'directory' ? 'directory' : 'file';
  }

  /** Compares what is in two directories; with -r the files below them, and directories are not told of. */
  async #compareDirectories(first: string, second: string): Promise<number> {
    const names = [...new Set([...this.#namesIn(first), ...this.#namesIn(second)])].sort();
    const start = this.#options.value('S');
    let status = 0;
    for (const name of names) {
      if (start !== undefined && name < start) continue;
      status = Math.max(status, await this.#compareEntries(first, second, name));
    }
    return status;
  }

  async #compareEntries(first: string, second: string, name: string): Promise<number> {
    const { out } = this.#context;
    const paths = [join(first, name), join(second, name)] as const;
    const [a, b] = [this.#kindOf(paths[0]), this.#kindOf(paths[1])];
    if ((a === 'missing' || b === 'missing') && !this.#options.has('N')) {
      await out.write(`Only in ${a === 'missing' ? second : first}: ${name}\n`);
      return 1;
    }
    if (a === 'directory' && b === 'directory') {
      await out.write(`Common subdirectories: ${paths[0]} and ${paths[1]}\n`);
      return 0;
    }
    if (a === 'directory' || b === 'directory') {
      if (this.#options.has('r')) return 0;
      const describe = (kind: Kind): string => (kind === 'directory' ? 'directory' : 'regular file');
      await out.write(`File ${paths[0]} is a ${describe(a)} while file ${paths[1]} is a ${describe(b)}\n`);
      return 1;
    }
    return this.#compareFiles(a === 'missing' ? NOTHING : paths[0], b === 'missing' ? NOTHING : paths[1]);
  }

  #namesIn(directory: string, below = ''): string[] {
    const names = this.#context.files.list(join(directory, below)).map(({ name }) => join(below, name));
    if (!this.#options.has('r')) return names;
    return names.flatMap((name) =>
      this.#kindOf(join(directory, name)) === 'directory' ? this.#namesIn(directory, name) : [name],
    );
  }

  async #compareFiles(first: string, second: string): Promise<number> {
    const options = this.#options;
    const [before, after] = [await this.#read(first, 0), await this.#read(second, 1)];
    if (before === undefined || after === undefined) return TROUBLE;
    const changes = this.#changes(before, after);
    if (changes.length === 0) {
      if (options.has('s')) await this.#context.out.write(`Files ${first} and ${second} are identical\n`);
      return 0;
    }
    const binary = !options.has('a') && [before, after].some(({ lines }) => lines.some((line) => line.includes('\0')));
    if (options.has('q') || binary) {
      await this.#context.out.write(`Files ${first} and ${second} differ\n`);
      return 1;
    }
    const context = parseCount(options.value('U') ?? '') ?? DEFAULT_CONTEXT;
    const unified = this.#context.flavour === 'busybox' || options.has('U') || options.has('u');
    await this.#context.out.write(
      unified ? unifiedDiff(before, after, changes, context) : normalDiff(before, after, changes),
    );
    return 1;
  }

  async #read(path: string, position: number): Promise<LabelledText | undefined> {
    const label = this.#options.values('L')[position] ?? this.#heading(path);
    const missing = this.#options.has('N') && path !== '-' && this.#kindOf(path) === 'missing';
    if (path === NOTHING || missing) return { label, lines: [], unterminated: false };
    try {
      const input = await this.#context.open(path);
      const text = decodeText(await input.all());
      input.close();
      const lines = text.split('\n');
      const unterminated = lines.at(-1) !== '';
      if (!unterminated) lines.pop();
      return { label, lines, unterminated };
    } catch (error) {
      await this.#context.complain(`${path}: ${errorText(error)}`);
      return undefined;
    }
  }

  /** GNU's diff puts the time of a file behind its name. */
  #heading(path: string): string {
    if (this.#context.flavour === 'busybox') return path;
    const found = path === '-' ? undefined : this.#context.files.find(path);
    const mtimeMs = found?.inode.mtimeMs ?? this.#context.process.kernel.clock.nowMs();
    return `${path}\t${styledDate(path === NOTHING || found === undefined ? 0 : mtimeMs, mtimeMs, 'full-iso')}`;
  }

  #changes(before: LabelledText, after: LabelledText): Change[] {
    const keyed = ({ lines, unterminated }: LabelledText): string[] =>
      lines.map((line, i) => this.#key(line) + (unterminated && i === lines.length - 1 ? '\n' : ''));
    const changes = findChanges(keyed(before), keyed(after));
    if (!this.#options.has('B')) return changes;
    const blank = (lines: readonly string[]): boolean => lines.every((line) => line === '');
    return changes.filter(
      (change) =>
        !blank(before.lines.slice(change.oldStart, change.oldEnd)) ||
        !blank(after.lines.slice(change.newStart, change.newEnd)),
    );
  }

  /** What of a line is compared. */
  #key(line: string): string {
    let key = this.#options.has('i') ? line.toLowerCase() : line;
    if (this.#options.has('w')) key = key.replace(/\s+/g, '');
    else if (this.#options.has('b')) key = key.replace(/\s+$/, '').replace(/\s+/g, ' ');
    return key;
  }
}

function join(directory: string, name: string): string {
  if (directory === '' || name === '') return directory + name;
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`;
}
