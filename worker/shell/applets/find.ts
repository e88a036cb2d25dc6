/** find */
import { matchesPattern } from '../interpreter/expansion/patterns.ts';
import { errnoOf, strerror } from '../kernel/errno.ts';
import type { FileStatus } from '../kernel/file-status.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { errorText } from './context.ts';
import { formatFindLine } from './find-format.ts';
import { FindSyntaxError, parseFind, type FindCommand, type FindNode } from './find-expression.ts';
import { regularExpressionOf } from './regular-expression.ts';
import { parseGroup, readUsers, type UserDatabase } from './users.ts';

export const find: Applet = {
  names: ['find'],
  summary: 'Search for files and perform actions on them.',
  usage: '[-HL] [PATH]... [OPTIONS] [ACTIONS]',
  async run(context) {
    let command: FindCommand;
    try {
      command = parseFind(context.args);
    } catch (error) {
      if (!(error instanceof FindSyntaxError)) throw error;
      return context.complain(context.word(error.message, error.gnuMessage));
    }
    return new Finder(context, command, await readUsers(context)).run();
  },
};

/** A file under examination. */
interface Found {
  readonly path: string;
  readonly name: string;
  readonly status: FileStatus;
  readonly depth: number;
  /** `-prune` said not to go below it. */
  pruned: boolean;
}

/** Arguments gathered for `-exec … +` before the program is run. */
const MAX_GATHERED = 5000;

class Finder {
  readonly #context: AppletContext;
  readonly #command: FindCommand;
  readonly #users: UserDatabase;
  readonly #gathered = new Map<Extract<FindNode, { kind: 'exec' }>, string[]>();
  #status = 0;
  #quit = false;

  constructor(context: AppletContext, command: FindCommand, users: UserDatabase) {
    this.#context = context;
    this.#command = command;
    this.#users = users;
  }

  async run(): Promise<number> {
    for (const path of this.#command.paths) {
      if (!this.#quit) await this.#visit(path, 0, []);
    }
    for (const [node, paths] of this.#gathered) if (paths.length > 0) await this.#runGathered(node, paths);
    return this.#status;
  }

  async #visit(path: string, depth: number, above: readonly FileStatus[]): Promise<void> {
    const pause = this.#context.checkpoint();
    if (pause !== undefined) await pause;
    const { follow, minDepth, maxDepth, depthFirst, oneFileSystem } = this.#command;
    const { files } = this.#context;
    let status: FileStatus;
    try {
      const following = follow === 'always' || (follow === 'operands' && depth === 0);
      status = (following ? files.find(path) : undefined) ?? files.lstat(path);
    } catch (error) {
      await this.#fail(path, error);
      return;
    }
    const trimmed = path.replace(/(?<=.)\/+$/, '');
    const found: Found = {
      path,
      name: trimmed.slice(trimmed.lastIndexOf('/') + 1) || '/',
      status,
      depth,
      pruned: false,
    };
    const otherDevice = oneFileSystem && above[0] !== undefined && above[0].device !== status.device;
    const loop = above.some((one) => one.ino === status.ino && one.device === status.device);
    const descends = status.inode.kind === 'directory' && depth < maxDepth && !otherDevice && !loop;
    if (!depthFirst && depth >= minDepth) await this.#evaluate(this.#command.expression, found);
    if (descends && !(found.pruned && !depthFirst) && !this.#quit)
      await this.#visitBelow(path, depth, [...above, status]);
    if (depthFirst && depth >= minDepth && !this.#quit) await this.#evaluate(this.#command.expression, found);
  }

  async #visitBelow(path: string, depth: number, above: readonly FileStatus[]): Promise<void> {
    let names: string[];
    try {
      names = this.#context.files.list(path).map((entry) => entry.name);
    } catch (error) {
      await this.#fail(path, error);
      return;
    }
    for (const name of names) {
      if (this.#quit) return;
      await this.#visit(path.endsWith('/') ? path + name : `${path}/${name}`, depth + 1, above);
    }
  }

  async #fail(path: string, error: unknown): Promise<void> {
    const shown = this.#context.word(path, this.#context.quote(path));
    this.#status = await this.#context.complain(`${shown}: ${errorText(error)}`);
  }

  async #evaluate(node: FindNode, found: Found): Promise<boolean> {
    switch (node.kind) {
      case 'and':
        return (await this.#evaluate(node.left, found)) && (await this.#evaluate(node.right, found));
      case 'or':
        return (await this.#evaluate(node.left, found)) || (await this.#evaluate(node.right, found));
      case 'comma':
        await this.#evaluate(node.left, found);
        return this.#evaluate(node.right, found);
      case 'not':
        return !(await this.#evaluate(node.operand, found));
      case 'print':
        await this.#context.out.write(found.path + node.end);
        return true;
      case 'printf':
        await this.#context.out.write(formatFindLine(node.format, found, this.#context, this.#users));
        return true;
      case 'ls':
        await this.#context.out.write(
          formatFindLine('%7i %6k %M %3n %-8u %-8g %8s %Tb %Td %TH:%TM %p\\n', found, this.#context, this.#users),
        );
        return true;
      case 'exec':
        return this.#exec(node, found);
      case 'plain':
        return this.#plain(node.what, found);
      default:
        return this.#test(node, found);
    }
  }

  #test(
    node: Exclude<FindNode, { kind: 'and' | 'or' | 'comma' | 'not' | 'print' | 'printf' | 'ls' | 'exec' | 'plain' }>,
    found: Found,
  ): boolean {
    const { inode, sizeBytes } = found.status;
    switch (node.kind) {
      case 'name':
        return matchesPattern(node.whole ? found.path : found.name, node.pattern, false, node.ignoreCase);
      case 'regex': {
        const expression = regularExpressionOf(node.pattern, { extended: false, ignoreCase: node.ignoreCase });
        return expression.find(found.path, this.#context.process)?.[0].length === found.path.length;
      }
      case 'type': {
        const letter = { file: 'f', directory: 'd', symlink: 'l', block: 'b', character: 'c', socket: 's', fifo: 'p' }[
          inode.kind
        ];
        return node.types.includes(letter);
      }
      case 'perm':
        if (node.match === 'exact') return inode.mode === node.mode;
        return node.match === 'all'
          ? (inode.mode & node.mode) === node.mode
          : node.mode === 0 || (inode.mode & node.mode) !== 0;
      case 'newer':
        return inode.mtimeMs > (this.#context.files.find(node.path)?.inode.mtimeMs ?? Infinity);
      case 'same': {
        const other = this.#context.files.find(node.path);
        return other?.ino === found.status.ino && other.device === found.status.device;
      }
      case 'owner':
        return node.what === 'user'
          ? inode.uid === this.#uidOf(node.name)
          : inode.gid === parseGroup(node.name, this.#users);
      case 'number':
        return compare(this.#numberOf(node, found, sizeBytes), node.value, node.compare);
    }
  }

  #uidOf(name: string): number | undefined {
    return this.#users.users.find((user) => user.name === name)?.uid ?? (/^\d+$/.test(name) ? Number(name) : undefined);
  }

  #numberOf(node: Extract<FindNode, { kind: 'number' }>, { status }: Found, sizeBytes: number): number {
    const ageMs = this.#context.process.kernel.clock.nowMs() - status.inode.mtimeMs;
    switch (node.what) {
      case 'size': {
        const units = (status.inode.kind === 'directory' ? 4096 : sizeBytes) / node.unit;
        // GNU's rounds up to whole units before it compares, busybox compares bytes
        return this.#context.flavour === 'gnu' ? Math.ceil(units) : units;
      }
      case 'links':
        return status.links();
      case 'inum':
        return status.ino;
      case 'mmin':
        return Math.floor(ageMs / 60_000);
      case 'mtime':
        return Math.floor(ageMs / 86_400_000);
    }
  }

  async #plain(what: Extract<FindNode, { kind: 'plain' }>['what'], found: Found): Promise<boolean> {
    const { files } = this.#context;
    const { path, status } = found;
    switch (what) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'prune':
        found.pruned = true;
        return true;
      case 'quit':
        this.#quit = true;
        return true;
      case 'empty':
        return status.inode.kind === 'directory'
          ? files.list(path).length === 0
          : status.inode.kind === 'file' && status.sizeBytes === 0;
      case 'executable':
        return files.mayAccess(path, 1);
      case 'readable':
        return files.mayAccess(path, 4);
      case 'writable':
        return files.mayAccess(path, 2);
      case 'nouser':
        return this.#users.userName(status.inode.uid) === undefined;
      case 'nogroup':
        return this.#users.groupName(status.inode.gid) === undefined;
      case 'delete':
        return this.#delete(path, status);
    }
  }

  async #delete(path: string, status: FileStatus): Promise<boolean> {
    if (path === '.') return true;
    try {
      if (status.inode.kind === 'directory') this.#context.files.removeDirectory(path);
      else this.#context.files.unlink(path);
      return true;
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      await this.#fail(path, error);
      return false;
    }
  }

  async #exec(node: Extract<FindNode, { kind: 'exec' }>, { path, name }: Found): Promise<boolean> {
    if (node.many) {
      const paths = this.#gathered.get(node) ?? [];
      this.#gathered.set(node, paths);
      paths.push(path);
      if (paths.length >= MAX_GATHERED) await this.#runGathered(node, paths.splice(0));
      return true;
    }
    const shown = node.inDirectory ? `./${name}` : path;
    const directory = node.inDirectory ? path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.' : undefined;
    return (
      (await this.#spawn(
        node.words.map((word) => word.replaceAll('{}', shown)),
        directory,
      )) === 0
    );
  }

  async #runGathered(node: Extract<FindNode, { kind: 'exec' }>, paths: readonly string[]): Promise<void> {
    if ((await this.#spawn([...node.words, ...paths])) !== 0) this.#status = 1;
    this.#gathered.set(node, []);
  }

  async #spawn(words: readonly string[], directory?: string): Promise<number> {
    const result = await this.#context.spawn(words, this.#context.env, (child) => {
      if (directory !== undefined) child.cwd = child.files.directoryToEnter(directory);
    });
    if (typeof result === 'number') return result;
    const program = words[0] ?? '';
    await this.#context.complain(
      `${this.#context.word(program, this.#context.quote(program))}: ${result.reason ?? strerror(result.errno)}`,
    );
    // GNU's find goes on without a program that cannot be started, and ends well; not so busybox's
    if (this.#context.flavour === 'busybox') this.#status = 1;
    return 127;
  }
}

function compare(left: number, right: number, how: '+' | '-' | '='): boolean {
  return how === '+' ? left > right : how === '-' ? left < right : left === right;
}
