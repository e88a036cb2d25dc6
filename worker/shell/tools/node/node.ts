/** `node`: its version, and scripts of the size of a hello world; the page forbids `eval`, so nothing else can run. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { readText } from '../placing.ts';
import { installedVersion } from '../programs/package-version.ts';
import type { ScriptValue } from '../programs/simple-expression.ts';
import { runSimpleScript } from '../programs/simple-script.ts';
import { refuse } from '../programs/version-tellers.ts';
import { serverStatements, serveNode } from './http-program.ts';

const BEYOND = 'Strata runs declarations, console.log and arithmetic; this needs a real Node';
const USUAL_VERSION = '22.17.0';

export const node: Applet = {
  names: ['node', 'nodejs'],
  summary: 'Node: very small scripts (simulated)',
  usage: '[-v] [-e CODE | -p CODE | FILE]',
  async run(context) {
    const [first = '', second = '', ...more] = context.args.filter(
      (word) => !/^--(?:no-|max-|trace|enable|unhandled)/.test(word),
    );
    if (/^(?:-v|--version)$/.test(first)) {
      await context.out.write(`v${await versionOf(context)}\n`);
      return 0;
    }
    if (/^(?:-e|--eval)$/.test(first)) return runSource(context, second, '[eval]', more);
    if (/^(?:-p|-pe|--print)$/.test(first))
      return runSource(context, `console.log(${second.replace(/;\s*$/, '')})`, '[eval]', more);
    if (first === '' || first === '-') return runSource(context, await context.stdin().text(), '[stdin]', []);
    if (first.startsWith('-')) return refuse(context, BEYOND);
    const text = (await readText(context, first)) ?? (await readText(context, `${first}.js`));
    if (text !== undefined)
      return runSource(
        context,
        text.replace(/^#!.*/, ''),
        first,
        [context.files.realPath(first), second, ...more].filter((word) => word !== ''),
      );
    await context.err.write(
      `node:internal/modules/cjs/loader:1228\n  throw err;\n  ^\n\nError: Cannot find module '${context.process.cwd}/${first}'\n`,
    );
    return 1;
  },
};

/** What `process` tells a script. */
async function surroundings(context: AppletContext, words: readonly string[]): Promise<Map<string, ScriptValue>> {
  const text = (value: string): ScriptValue => ({ kind: 'text', value });
  return new Map<string, ScriptValue>([
    ['process.version', text(`v${await versionOf(context)}`)],
    ['process.versions.node', text(await versionOf(context))],
    ['process.platform', text('linux')],
    ['process.arch', text('x64')],
    ['process.cwd', text(context.process.cwd)],
    ['process.pid', { kind: 'number', value: context.process.pid, float: false }],
    ['process.argv.length', { kind: 'number', value: words.length + 1, float: false }],
    ['process.argv.0', text(context.process.executable ?? '/usr/local/bin/node')],
    ...words.map((word, index) => [`process.argv.${index + 1}`, text(word)] as const),
    ...Array.from(context.env, ([name, value]) => [`process.env.${name}`, text(value)] as const),
  ]);
}

async function versionOf(context: AppletContext): Promise<string> {
  return context.env.get('NODE_VERSION') ?? (await installedVersion(context, ['nodejs'])) ?? USUAL_VERSION;
}

async function runSource(
  context: AppletContext,
  source: string,
  name: string,
  words: readonly string[],
): Promise<number> {
  if (source.includes('\0')) return refuse(context, 'the script is an empty file of its real size here');
  context.simulate('node: declarations, console.log, arithmetic and small http servers alone are run');
  const { prepare, further, listening } = serverStatements(context.env);
  const variables = await surroundings(context, words);
  const { stdout, stderr, beyond, exitCode } = runSimpleScript(prepare(source), 'javascript', { further, variables });
  await context.out.write(stdout);
  await context.out.flush();
  await context.err.write(stderr);
  const server = listening();
  if (beyond === undefined) return server === undefined ? exitCode : serveNode(context, server);
  await context.err.write(`strata: ${name}, line ${beyond.line}: ${beyond.text.slice(0, 120)}: ${BEYOND}\n`);
  return 126;
}
