/** `make`: brings targets up to date by the rules of a Makefile, by timestamps. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { parseOptions, type Options } from '../../applets/options.ts';
import { expandPathname } from '../../interpreter/expansion/pathnames.ts';
import { readText } from '../placing.ts';
import { expand, MakefileError, parseMakefile, stemOf, type Makefile, type Rule } from './makefile.ts';

const FAILED = 2;
const DEFAULTS = [
  ['CC', 'cc'],
  ['CXX', 'g++'],
  ['AR', 'ar'],
  ['RM', 'rm -f'],
  ['SHELL', '/bin/sh'],
] as const;
const LONG = {
  directory: 'C', file: 'f', makefile: 'f', jobs: 'j', 'keep-going': 'k', 'dry-run': 'n', 'just-print': 'n', recon: 'n', silent: 's',
  quiet: 's', 'always-make': 'B', question: 'q', version: 'v', 'ignore-errors': 'i', 'no-print-directory': 'quiet-directory',
  'print-directory': 'w', 'load-average': 'l', 'environment-overrides': 'e', 'output-sync': 'O', 'no-builtin-rules': 'r',
}; // prettier-ignore

/** One run. */
interface Task {
  readonly context: AppletContext;
  readonly makefile: Makefile;
  readonly options: Options;
  /** What is done with: true where it was made anew. */
  readonly done: Map<string, boolean>;
  readonly glob: (pattern: string) => readonly string[];
}

export const make: Applet = {
  names: ['make', 'gmake'],
  summary: 'Bring targets up to date by the rules of a Makefile',
  usage: '[-nskBi] [-j N] [-C DIR] [-f FILE] [VARIABLE=VALUE]... [TARGET]...',
  usageStatus: FAILED,
  async run(context) {
    const options = parseOptions(context.args, 'C:f:j::l::knsBqviweO::rRd', LONG);
    if (options.has('v')) {
      await context.out.write('GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu\n');
      return 0;
    }
    for (const folder of options.values('C')) {
      if (context.files.find(folder)?.inode.kind !== 'directory')
        return stop(context, `*** ${folder}: No such file or directory.  Stop.`);
      context.process.cwd = context.files.directoryToEnter(folder);
    }
    const tells = options.has('C') && !options.has('s') && !options.has('quiet-directory');
    if (tells) await context.out.write(`make: Entering directory '${context.process.cwd}'\n`);
    const status = await runGoals(context, options);
    if (tells) await context.out.write(`make: Leaving directory '${context.process.cwd}'\n`);
    return status;
  },
};

async function runGoals(context: AppletContext, options: Options): Promise<number> {
  const assigned = options.operands.filter((word) => /^\w+\s*:?=/.test(word));
  const targets = options.operands.filter((word) => !assigned.includes(word));
  const glob = (pattern: string): readonly string[] =>
    /[*?[]/.test(pattern)
      ? expandPathname(pattern, context.files, { extended: false })
      : [pattern].filter((path) => context.files.find(path) !== undefined);
  try {
    const makefile = await readMakefile(context, options.value('f'), assigned, glob);
    if (makefile === undefined) {
      const named = options.value('f');
      if (named !== undefined) await context.err.write(`make: ${named}: No such file or directory\n`);
      if (named !== undefined) return await stop(context, `*** No rule to make target '${named}'.  Stop.`);
      if (targets.length === 0) return await stop(context, '*** No targets specified and no makefile found.  Stop.');
    }
    const used = makefile ?? parseMakefile('', '', new Map([...DEFAULTS, ...context.env]), new Map(), glob);
    const goals = targets.length > 0 ? targets : used.first === undefined ? [] : [used.first];
    if (goals.length === 0) return await stop(context, '*** No targets.  Stop.');
    return await makeGoals({ context, makefile: used, options, done: new Map(), glob }, goals);
  } catch (error) {
    if (!(error instanceof MakefileError)) throw error;
    await context.out.flush();
    await context.err.write(`${error.message}\n`);
    return FAILED;
  }
}

async function makeGoals(task: Task, goals: readonly string[]): Promise<number> {
  const { context, options, makefile } = task;
  let result = 0;
  for (const goal of goals) {
    const status = await bringUpToDate(task, goal, undefined, []);
    if (status === 'failed') {
      result = FAILED;
      if (options.has('k')) {
        await context.err.write(`make: Target '${goal}' not remade because of errors.\n`);
        continue;
      }
      return FAILED;
    }
    if (status === 'changed' || options.has('s')) continue;
    if (options.has('q')) continue;
    const hasRecipe = (ruleFor(task, goal)?.recipe.length ?? 0) > 0;
    const isFile = !makefile.phony.has(goal) && context.files.find(goal) !== undefined && hasRecipe;
    await context.out.write(isFile ? `make: '${goal}' is up to date.\n` : `make: Nothing to be done for '${goal}'.\n`);
  }
  return result;
}

async function stop(context: AppletContext, message: string): Promise<number> {
  await context.out.flush();
  await context.err.write(`make: ${message}\n`);
  return FAILED;
}

async function readMakefile(
  context: AppletContext,
  named: string | undefined,
  assigned: readonly string[],
  glob: Task['glob'],
): Promise<Makefile | undefined> {
  const given = assigned.map((word) => {
    const [, name = '', value = ''] = /^(\w+)\s*:?=\s*(.*)$/s.exec(word) ?? [];
    return [name, value] as const;
  });
  const defaults = new Map([
    ...DEFAULTS,
    ...context.env,
    ['MAKE', 'make'] as const,
    ['CURDIR', context.process.cwd] as const,
  ]);
  for (const name of named === undefined ? ['GNUmakefile', 'makefile', 'Makefile'] : [named]) {
    const text = name === '-' ? await context.stdin().text() : await readText(context, name);
    if (text !== undefined) return parseMakefile(name, text, defaults, new Map(given), glob);
  }
  return undefined;
}

/** The rule of a target: its own, a pattern's whose needs are there, or the built-in one for a program or object of one source. */
function ruleFor(task: Task, target: string): (Rule & { readonly stem?: string }) | undefined {
  const { makefile, context } = task;
  const rule = makefile.rules.get(target);
  if ((rule !== undefined && rule.recipe.length > 0) || makefile.phony.has(target)) return rule;
  const can = (need: string): boolean => context.files.find(need) !== undefined || makefile.rules.has(need);
  for (const pattern of makefile.patterns) {
    const stem = stemOf(target, pattern.target);
    if (stem === undefined || stem === '' || pattern.recipe.length === 0) continue;
    const needs = pattern.needs.map((need) => need.replace('%', () => stem));
    if (needs.every(can)) return { needs: [...needs, ...(rule?.needs ?? [])], recipe: pattern.recipe, stem };
  }
  const base = target.replace(/\.o$/, '');
  for (const [suffix, compiler] of [['.c', '$(CC) $(CFLAGS)'], ['.cpp', '$(CXX) $(CXXFLAGS)'], ['.cc', '$(CXX) $(CXXFLAGS)']] as const) {
    if (context.files.find(base + suffix)?.inode.kind !== 'file') continue;
    const text = target.endsWith('.o')
      ? `${compiler} $(CPPFLAGS) $(TARGET_ARCH) -c -o $@ $<`
      : `${compiler} $(CPPFLAGS) $(LDFLAGS) $(TARGET_ARCH) $< $(LOADLIBES) $(LDLIBS) -o $@`;
    return { needs: [base + suffix, ...(rule?.needs ?? [])], recipe: [{ text, line: 0 }], stem: base };
  } // prettier-ignore
  return rule;
}

type Outcome = 'changed' | 'unchanged' | 'failed';

/** `for` is the target that needs this one, `above` all that do. */
async function bringUpToDate(
  task: Task,
  target: string,
  neededBy: string | undefined,
  above: readonly string[],
): Promise<Outcome> {
  const { context, makefile, options } = task;
  const before = task.done.get(target);
  if (before !== undefined) return before ? 'changed' : 'unchanged';
  const pause = context.checkpoint();
  if (pause !== undefined) await pause;
  const rule = ruleFor(task, target);
  const there = context.files.find(target);
  if (above.includes(target)) {
    await context.err.write(`make: Circular ${neededBy ?? ''} <- ${target} dependency dropped.\n`);
    return 'unchanged';
  }
  if (rule === undefined) {
    if (there !== undefined || makefile.phony.has(target)) return 'unchanged';
    const by = neededBy === undefined ? '' : `, needed by '${neededBy}'`;
    await stop(context, `*** No rule to make target '${target}'${by}.  Stop.`);
    return 'failed';
  }
  const isPhony = makefile.phony.has(target);
  let isStale = there === undefined || isPhony || options.has('B');
  for (const need of rule.needs) {
    const outcome = await bringUpToDate(task, need, target, [...above, target]);
    if (outcome === 'failed') return 'failed';
    isStale ||= outcome === 'changed' || (context.files.find(need)?.inode.mtimeMs ?? 0) > (there?.inode.mtimeMs ?? 0);
  }
  const outcome = isStale && rule.recipe.length > 0 ? await runRecipe(task, target, rule) : undefined;
  if (outcome === 'failed') return 'failed';
  task.done.set(target, outcome === 'changed' || (isStale && rule.needs.some((need) => task.done.get(need) === true)));
  return outcome ?? (task.done.get(target) === true ? 'changed' : 'unchanged');
}

async function runRecipe(task: Task, target: string, rule: Rule & { readonly stem?: string }): Promise<Outcome> {
  const { context, options, makefile } = task;
  const slash = target.lastIndexOf('/');
  const automatic = new Map([
    ...makefile.variables,
    ['@', target],
    ['<', rule.needs[0] ?? ''],
    ['^', [...new Set(rule.needs)].join(' ')],
    ['+', rule.needs.join(' ')],
    ['?', rule.needs.join(' ')],
    ['*', rule.stem ?? target.replace(/\.[^./]*$/, '')],
    ['@D', slash === -1 ? '.' : target.slice(0, slash)],
    ['@F', target.slice(slash + 1)],
  ]);
  for (const { text, line } of rule.recipe) {
    const [, marks = '', command = ''] = /^\s*([@\-+\s]*)(.*)$/s.exec(expand(text, automatic, task.glob)) ?? [];
    if (command.trim() === '') continue;
    if (options.has('n') || (!marks.includes('@') && !options.has('s'))) await context.out.write(`${command}\n`);
    if (options.has('n')) continue;
    const status = await context.spawn(['/bin/sh', '-c', command]);
    if (status === 0) continue;
    const place = `[${line === 0 ? '<builtin>' : `${makefile.name}:${line}`}: ${target}]`;
    const told = typeof status === 'number' ? status : 127;
    if (marks.includes('-') || options.has('i')) {
      await context.out.flush();
      await context.err.write(`make: ${place} Error ${told} (ignored)\n`);
      continue;
    }
    await stop(context, `*** ${place} Error ${told}`);
    return 'failed';
  }
  return 'changed';
}
