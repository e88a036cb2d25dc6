/** `gcc`, `cc`, `g++`: C and C++ of the size of a hello world becomes a binary of realistic size that prints what its source says. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { elfOf, readText } from '../placing.ts';
import { goBinary, programIn, type GoProgram } from '../go/program.ts';
import { installedVersion } from '../programs/package-version.ts';
import { printedBy, type PrintedProgram } from './printed.ts';

/** A hello world, linked dynamically with debugging symbols left out: measured with gcc 12. */
const BINARY_BYTES = 15_960;
const STATIC_BYTES = 783_000;
const OBJECT_BYTES = 1_496;
const USUAL_VERSION = '12.2.0';
const VALUED = new Set(['-o', '-I', '-L', '-D', '-U', '-x', '-std', '-include', '-MF', '-MT', '-isystem', '-T', '-l']);

export const gcc: Applet = {
  names: ['gcc', 'cc', 'g++', 'c++', 'clang'],
  summary: 'Compile C and C++ of the size of a hello world (simulated)',
  usage: '[-c] [-o FILE] FILE...',
  async run(context) {
    const version = (await installedVersion(context, ['gcc-12', 'gcc'])) ?? USUAL_VERSION;
    if (context.args.includes('--version')) {
      await context.out.write(
        `${context.name} (Debian ${version}) ${version}\nCopyright (C) 2022 Free Software Foundation, Inc.\n`,
      );
      return 0;
    }
    if (context.args.includes('-dumpversion')) {
      await context.out.write(`${version.split('.')[0] ?? ''}\n`);
      return 0;
    }
    if (context.args.includes('-dumpmachine')) {
      await context.out.write('x86_64-linux-gnu\n');
      return 0;
    }
    return compile(context);
  },
};

interface Command {
  readonly inputs: readonly string[];
  readonly output: string | undefined;
  readonly flags: ReadonlySet<string>;
}

function parseCommand(words: readonly string[]): Command {
  const inputs: string[] = [];
  const flags = new Set<string>();
  let output: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-o') output = words[++at];
    else if (word.startsWith('-o') && word.length > 2) output = word.slice(2);
    else if (VALUED.has(word)) at++;
    else if (word.startsWith('-') && word !== '-') flags.add(word);
    else inputs.push(word);
  }
  return { inputs, output, flags };
}

async function compile(context: AppletContext): Promise<number> {
  const { inputs, output, flags } = parseCommand(context.args);
  if (inputs.length === 0)
    return fail(context, `${context.name}: fatal error: no input files\ncompilation terminated.\n`);
  const sources: string[] = [];
  const linked: GoProgram[] = [];
  for (const path of inputs) {
    const object = context.files.find(path)?.inode;
    const inObject = object?.kind === 'file' && path !== '-' ? await programIn(object.body) : undefined;
    if (inObject !== undefined) {
      linked.push(inObject);
      continue;
    }
    const text = path === '-' ? await context.stdin().text() : await readText(context, path);
    if (text === undefined)
      return fail(
        context,
        `${context.name}: error: ${path}: No such file or directory\n${context.name}: fatal error: no input files\ncompilation terminated.\n`,
      );
    const missing = missingHeader(context, path, text);
    if (missing !== undefined) return fail(context, missing);
    sources.push(text);
  }
  context.simulate(
    'gcc: the output is a stand-in of realistic size; run here, it prints what could be told from its source',
  );
  if (flags.has('-c')) {
    for (const [index, path] of inputs.entries()) {
      const object = output ?? `${path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')}.o`;
      const said = printedBy(sources[index] ?? '');
      const body = said === undefined ? elfOf(OBJECT_BYTES) : goBinary(programOf(said), OBJECT_BYTES);
      context.files.writeBody(object, body);
    }
    return 0;
  }
  const program = printedBy(sources.join('\n'));
  const onlyObjects = inputs.every((path) => /\.(?:o|a)$/.test(path));
  if (program === undefined && linked.length === 0 && !onlyObjects && !flags.has('-shared')) {
    return fail(
      context,
      "/usr/bin/ld: /usr/lib/x86_64-linux-gnu/Scrt1.o: in function `_start':\n(.text+0x17): undefined reference to `main'\ncollect2: error: ld returned 1 exit status\n",
    );
  }
  const said = program === undefined ? linked[0] : programOf(program);
  const bytes = flags.has('-static') ? STATIC_BYTES : BINARY_BYTES;
  const body = goBinary(said ?? programOf({ stdout: '', exitCode: 0, skipped: 1 }), bytes);
  context.files.writeBody(output ?? 'a.out', body, 0o777);
  return 0;
}

/** What the binary does; what it leaves out it says itself. */
function programOf({ stdout, exitCode, skipped }: PrintedProgram): GoProgram {
  const stderr =
    skipped > 0
      ? `strata: this stand-in of a C program leaves out ${skipped} statement${skipped === 1 ? '' : 's'}\n`
      : '';
  return { stdout, stderr, exitCode, language: 'C' };
}

async function fail(context: AppletContext, text: string): Promise<number> {
  await context.err.write(text);
  return 1;
}

/** The first header that is neither installed nor beside the source. */
function missingHeader(context: AppletContext, path: string, text: string): string | undefined {
  const directory = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  for (const [index, line] of text.split('\n').entries()) {
    const [, bracket, header] = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line) ?? [];
    if (header === undefined) continue;
    const folders = [
      '/usr/include/',
      '/usr/include/x86_64-linux-gnu/',
      '/usr/local/include/',
      ...(bracket === '"' ? [directory] : []),
    ];
    const isThere = folders.some((folder) => context.files.find(folder + header) !== undefined);
    // headers of C++ and of the compiler lie in folders of its own
    const isOwn = !header.includes('.') || /^(?:std(?:arg|bool|def|int)|float|limits)\.h$/.test(header);
    if (!isThere && !isOwn)
      return `${path}:${index + 1}:10: fatal error: ${header}: No such file or directory\n    ${index + 1} | ${line}\n      |          ^~~~~~~~~~~\ncompilation terminated.\n`;
  }
  return undefined;
}
