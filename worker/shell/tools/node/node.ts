/** `node`: JavaScript, run by an interpreter of Strata's own (language/), since the page forbids `eval`. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { encodeText } from '../../text.ts';
import { installedVersion } from '../programs/package-version.ts';
import type { Entry } from './language/node-program.ts';

const USUAL_VERSION = '22.17.0';

/** Options of Node and V8 that change nothing here. */
const IGNORED =
  /^--(?:no-|max-|trace|enable|disable|unhandled|experimental|stack|use|preserve|inspect|watch|env-file|title|expose)/;

export const node: Applet = {
  names: ['node', 'nodejs'],
  summary: "Node: JavaScript in Strata's interpreter, with the most used modules",
  simulated: "programs are run by Strata's own interpreter of JavaScript, with the most used of Node's modules",
  usage: '[-v] [-e CODE | -p CODE | FILE] [ARGUMENT]...',
  async run(context) {
    const { options, entry, words } = await commandLine(context);
    const version = `v${await versionOf(context)}`;
    if (options.has('-v') || options.has('--version')) {
      await context.out.write(`${version}\n`);
      return 0;
    }
    if (options.has('--check') || options.has('-c')) return checkSyntax(context, entry, version);
    const { runNodeProgram } = await import('./language/node-program.ts');
    const program = context.process.executable ?? '/usr/local/bin/node';
    return runNodeProgram(context, entry, { version, argv: [program, ...words], execArgv: [...options] });
  },
};

interface CommandLine {
  readonly options: ReadonlySet<string>;
  readonly entry: Entry;
  readonly words: readonly string[];
}

async function commandLine(context: AppletContext): Promise<CommandLine> {
  const options = new Set<string>();
  const words = context.args.map(asUnicode);
  let text: string | undefined;
  let prints = false;
  let isModule = false;
  for (let word = words[0]; word?.startsWith('-') === true && word !== '-'; word = words[0]) {
    words.shift();
    if (word === '--') break;
    const [name = word, value] = word.split(/=(.*)/s);
    if (/^(?:-e|--eval|-p|-pe|--print)$/.test(name)) {
      prints ||= name.startsWith('-p') || name === '--print';
      text = value ?? words.shift() ?? '';
    } else if (name === '--input-type') isModule = (value ?? words.shift()) === 'module';
    else if (/^(?:-r|--require|--import)$/.test(name)) words.shift();
    else if (!IGNORED.test(name)) options.add(name);
  }
  if (text !== undefined)
    return { options, entry: { kind: 'text', text, name: isModule ? '[eval1]' : '[eval]', prints, isModule }, words };
  const [file = '-', ...rest] = words;
  if (file !== '-') {
    const path = await scriptPath(context, file);
    return { options, entry: { kind: 'file', path }, words: [path, ...rest] };
  }
  if (options.size > 0)
    return { options, entry: { kind: 'text', text: '', name: '[stdin]', prints, isModule }, words: [] };
  const input = asUnicode(await context.stdin().text());
  return {
    options,
    entry: { kind: 'text', text: input, name: '[stdin]', prints, isModule },
    words,
  };
}

/** Words of the command line as JavaScript has them: what is no UTF-8 cannot be kept. */
function asUnicode(word: string): string {
  return new TextDecoder().decode(encodeText(word));
}

/** The file that is meant: `server` for `server.js`, a folder for its `index.js`. */
async function scriptPath(context: AppletContext, file: string): Promise<string> {
  const { resolveModule } = await import('./language/runtime/resolution.ts');
  const { cwd } = context.process;
  const name = /^\.{0,2}\//.test(file) ? file : `./${file}`;
  const found = await resolveModule(context, name, cwd, ['node', 'require']);
  return found === undefined
    ? `${file.startsWith('/') ? '' : `${cwd === '/' ? '' : cwd}/`}${file.replace(/^\.\//, '')}`
    : context.files.realPath(found);
}

async function versionOf(context: AppletContext): Promise<string> {
  return context.env.get('NODE_VERSION') ?? (await installedVersion(context, ['nodejs'])) ?? USUAL_VERSION;
}

async function checkSyntax(context: AppletContext, entry: Entry, version: string): Promise<number> {
  const { syntaxProblem } = await import('./language/compile/syntax-check.ts');
  const problem = await syntaxProblem(context, entry, version);
  if (problem === undefined) return 0;
  await context.err.write(problem);
  return 1;
}
