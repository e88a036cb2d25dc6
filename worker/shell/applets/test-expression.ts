/** The expressions of `test` (XCU test), by the number of its arguments and then by precedence. */
import { EXECUTE, READ, WRITE } from '../kernel/credentials.ts';
import type { FileStatus } from '../kernel/file-status.ts';
import type { Process } from '../kernel/process.ts';

/** Thrown for words that are no expression. */
export class TestSyntaxError extends Error {
  override readonly name = 'TestSyntaxError';
  readonly kind: 'missing-bracket' | 'number' | 'operator' | 'argument' | 'parenthesis' | 'many';
  /** The word at fault. */
  readonly text: string;

  constructor(kind: TestSyntaxError['kind'], text: string) {
    super(`${kind} ${text}`);
    this.kind = kind;
    this.text = text;
  }
}

const UNARY = new Set('bcdefghknprstuwxzGLNORS'.split('').map((letter) => `-${letter}`));
const BINARY = new Set(['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef']);

/** What the programs of this name do differently. */
export interface TestRules {
  /** A file that is not there is older than any other (bash, coreutils). */
  readonly missingIsOlder: boolean;
  /** bash's `-v` and `-o`, which ask for the state of the shell; undefined for another operator. Other programs know neither. */
  readonly ofShell?: (operator: string, operand: string) => boolean | undefined;
}

const BUSYBOX_RULES: TestRules = { missingIsOlder: false };

/** The truth of some words. */
export function evaluateTest(words: readonly string[], process: Process, rules = BUSYBOX_RULES): boolean {
  return new TestParser(words, process, rules).evaluate();
}

class TestParser {
  readonly #words: readonly string[];
  readonly #process: Process;
  readonly #rules: TestRules;
  #at = 0;

  constructor(words: readonly string[], process: Process, rules: TestRules) {
    this.#words = words;
    this.#process = process;
    this.#rules = rules;
  }

  evaluate(): boolean {
    const [first = '', second = '', third = '', fourth = ''] = this.#words;
    switch (this.#words.length) {
      case 0:
        return false;
      case 1:
        return first !== '';
      case 2:
        if (first === '!') return second === '';
        if (this.#isUnary(first)) return this.#unary(first, second);
        break;
      case 3:
        if (BINARY.has(second)) return this.#binary(second, first, third);
        if (first === '!') return !new TestParser([second, third], this.#process, this.#rules).evaluate();
        if (first === '(' && third === ')') return second !== '';
        break;
      case 4:
        if (first === '!') return !new TestParser([second, third, fourth], this.#process, this.#rules).evaluate();
        if (first === '(' && fourth === ')')
          return new TestParser([second, third], this.#process, this.#rules).evaluate();
        break;
    }
    const value = this.#or();
    const rest = this.#words[this.#at];
    if (rest !== undefined) throw new TestSyntaxError(this.#words.length > 4 ? 'many' : 'operator', rest);
    return value;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#words[this.#at] === '-o') {
      this.#at++;
      const right = this.#and();
      value = value || right;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#words[this.#at] === '-a') {
      this.#at++;
      const right = this.#not();
      value = value && right;
    }
    return value;
  }

  #not(): boolean {
    if (this.#words[this.#at] !== '!') return this.#primary();
    this.#at++;
    return !this.#not();
  }

  #primary(): boolean {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new TestSyntaxError('argument', this.#words.at(-1) ?? '');
    const operator = this.#words[this.#at];
    const right = this.#words[this.#at + 1];
    if (operator !== undefined && BINARY.has(operator) && right !== undefined) {
      this.#at += 2;
      return this.#binary(operator, word, right);
    }
    if (word === '(') {
      const value = this.#or();
      if (this.#words[this.#at++] !== ')') throw new TestSyntaxError('parenthesis', '');
      return value;
    }
    if (this.#isUnary(word) && operator !== undefined) {
      this.#at++;
      return this.#unary(word, operator);
    }
    return word !== '';
  }

  #isUnary(word: string): boolean {
    return UNARY.has(word) || this.#rules.ofShell?.(word, '') !== undefined;
  }

  #unary(operator: string, operand: string): boolean {
    return this.#rules.ofShell?.(operator, operand) ?? testUnary(operator, operand, this.#process) ?? false;
  }

  #binary(operator: string, left: string, right: string): boolean {
    return testBinary(operator, left, right, this.#process, this.#rules) ?? false;
  }
}

/** `-f x` and its like; undefined for an unknown operator. */
export function testUnary(operator: string, operand: string, process: Process): boolean | undefined {
  if (operator === '-n') return operand !== '';
  if (operator === '-z') return operand === '';
  if (operator === '-t') {
    const descriptor = integer(operand);
    return process.descriptors.has(descriptor) && process.descriptors.get(descriptor).terminal;
  }
  const wanted = { '-r': READ, '-w': WRITE, '-x': EXECUTE }[operator];
  if (wanted !== undefined) return process.files.mayAccess(operand, wanted);
  const link = operator === '-h' || operator === '-L';
  const status = process.files.find(operand, !link);
  if (!UNARY.has(operator)) return undefined;
  return status !== undefined && hasProperty(operator, status, process);
}

function hasProperty(operator: string, { inode, sizeBytes }: FileStatus, process: Process): boolean {
  switch (operator) {
    case '-f':
      return inode.kind === 'file';
    case '-d':
      return inode.kind === 'directory';
    case '-h':
    case '-L':
      return inode.kind === 'symlink';
    case '-b':
      return inode.kind === 'block';
    case '-c':
      return inode.kind === 'character';
    case '-p':
      return inode.kind === 'fifo';
    case '-S':
      return inode.kind === 'socket';
    case '-s':
      // a directory takes room too
      return sizeBytes > 0 || inode.kind === 'directory';
    case '-u':
      return (inode.mode & 0o4000) !== 0;
    case '-g':
      return (inode.mode & 0o2000) !== 0;
    case '-k':
      return (inode.mode & 0o1000) !== 0;
    case '-O':
      return inode.uid === process.credentials.uid;
    case '-G':
      return inode.gid === process.credentials.gid;
    default:
      return operator === '-e';
  }
}

/** `a = b`, `1 -lt 2`, `x -nt y`; undefined for an unknown operator. */
export function testBinary(
  operator: string,
  left: string,
  right: string,
  process: Process,
  rules = BUSYBOX_RULES,
): boolean | undefined {
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-eq':
      return integer(left) === integer(right);
    case '-ne':
      return integer(left) !== integer(right);
    case '-lt':
      return integer(left) < integer(right);
    case '-le':
      return integer(left) <= integer(right);
    case '-gt':
      return integer(left) > integer(right);
    case '-ge':
      return integer(left) >= integer(right);
    case '-nt':
    case '-ot':
    case '-ef':
      return compareFiles(operator, process.files.find(left), process.files.find(right), rules);
    default:
      return undefined;
  }
}

function compareFiles(
  operator: '-nt' | '-ot' | '-ef',
  left: FileStatus | undefined,
  right: FileStatus | undefined,
  rules: TestRules,
): boolean {
  if (operator === '-ef') return left !== undefined && left.device === right?.device && left.ino === right.ino;
  const [newer, older] = operator === '-nt' ? [left, right] : [right, left];
  if (newer === undefined) return false;
  return older === undefined ? rules.missingIsOlder : newer.inode.mtimeMs > older.inode.mtimeMs;
}

function integer(text: string): number {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestSyntaxError('number', text);
  return Number(text);
}
