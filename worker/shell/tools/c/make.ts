/** `make`: rules with recipes, variables and timestamps, as small Makefiles use them. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { readText } from '../placing.ts';

interface Rule {
  readonly needs: readonly string[];
  readonly recipe: readonly string[];
}

interface Makefile {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly first: string | undefined;
  readonly phony: ReadonlySet<string>;
  readonly variables: Map<string, string>;
}

const FAILED = 2;
const DEFAULTS = [
  ['CC', 'cc'],
  ['CXX', 'g++'],
  ['MAKE', 'make'],
  ['RM', 'rm -f'],
] as const;

export const make: Applet = {
  names: ['make', 'gmake'],
  summary: 'Bring targets up to date by the rules of a Makefile',
  usage: '[-C DIR] [-f FILE] [VARIABLE=VALUE]... [TARGET]...',
  usageStatus: FAILED,
  async run(context) {
    const words = [...context.args];
    if (words.includes('--version') || words.includes('-v')) {
      await context.out.write('GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu\n');
      return 0;
    }
    const folder = valueOf(words, '-C');
    if (folder !== undefined) context.process.cwd = context.files.directoryToEnter(folder);
    const named = valueOf(words, '-f');
    const jobs = words.indexOf('-j');
    if (jobs !== -1) words.splice(jobs, /^\d+$/.test(words[jobs + 1] ?? '') ? 2 : 1);
    const makefile = await readMakefile(context, named, words);
    const targets = words.filter((word) => !word.startsWith('-') && !word.includes('='));
    const goals = targets.length > 0 ? targets : makefile?.first === undefined ? [] : [makefile.first];
    if (goals.length === 0 || (makefile === undefined && named !== undefined))
      return stop(
        context,
        targets.length > 0
          ? `*** No rule to make target '${targets[0] ?? ''}'.  Stop.`
          : '*** No targets specified and no makefile found.  Stop.',
      );
    for (const goal of goals) {
      const status = await bringUpToDate(context, makefile ?? builtInRules(context), goal, new Set());
      if (status === 'unchanged') await context.out.write(`make: '${goal}' is up to date.\n`);
      if (status === 'failed') return FAILED;
    }
    return 0;
  },
};

/** Takes an option and its value out of the words. */
function valueOf(words: string[], option: string): string | undefined {
  const at = words.indexOf(option);
  return at === -1 ? undefined : words.splice(at, 2)[1];
}

async function stop(context: AppletContext, message: string): Promise<number> {
  await context.out.flush();
  await context.err.write(`make: ${message}\n`);
  return FAILED;
}

/** What make knows without a Makefile. */
function builtInRules(context: AppletContext): Makefile {
  return parseMakefile('', new Map([...DEFAULTS, ...context.env]), new Map());
}

async function readMakefile(
  context: AppletContext,
  named: string | undefined,
  words: readonly string[],
): Promise<Makefile | undefined> {
  for (const name of named === undefined ? ['GNUmakefile', 'makefile', 'Makefile'] : [named]) {
    const text = await readText(context, name);
    if (text === undefined) continue;
    const given = words.flatMap((word) =>
      /^\w+=/.test(word) ? [[word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const] : [],
    );
    return parseMakefile(text, new Map([...DEFAULTS, ...context.env]), new Map(given));
  }
  return undefined;
}

function parseMakefile(
  text: string,
  defaults: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, string>,
): Makefile {
  const variables = new Map([...defaults, ...given]);
  const rules = new Map<string, { needs: string[]; recipe: string[] }>();
  const phony = new Set<string>();
  let current: string[] = [];
  let first: string | undefined;
  for (const line of text.replace(/\\\n\s*/g, ' ').split('\n')) {
    if (line.startsWith('\t')) {
      for (const target of current) rules.get(target)?.recipe.push(line.slice(1));
      continue;
    }
    const code = line.replace(/(?:^|\s)#.*/, '').trim();
    const [, name, operator, value] = /^(\w+)\s*([:?+]?)=\s*(.*)$/.exec(code) ?? [];
    if (name !== undefined && value !== undefined) {
      const before = variables.get(name);
      if (given.has(name) || (operator === '?' && before !== undefined)) continue;
      variables.set(name, operator === '+' && before !== undefined ? `${before} ${value}` : value);
      continue;
    }
    const [, targets, needs = ''] = /^([^:]+?)\s*::?\s*(.*)$/.exec(code) ?? [];
    if (targets === undefined) continue;
    current = wordsOf(expand(targets, variables));
    const needed = wordsOf(expand(needs, variables));
    if (current[0] === '.PHONY') needed.forEach((word) => phony.add(word));
    for (const target of current)
      rules.set(target, {
        needs: [...(rules.get(target)?.needs ?? []), ...needed],
        recipe: rules.get(target)?.recipe ?? [],
      });
    if (current[0]?.startsWith('.') === false) first ??= current[0];
  }
  return { rules, first, phony, variables };
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Replaces `$(NAME)`, `${NAME}` and the automatic variables; `$$` is a dollar for the shell. */
function expand(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  return text.replace(
    /\$(?:\$|\((\w+|[@<^])\)|\{(\w+)\}|([@<^\w]))/g,
    (all, round?: string, curly?: string, letter?: string) => {
      if (all === '$$') return '$';
      const value = variables.get(round ?? curly ?? letter ?? '') ?? '';
      return depth < 10 ? expand(value, variables, depth + 1) : value;
    },
  );
}

/** The rule of a target, or the built-in one for a program or object of one source. */
function ruleFor(context: AppletContext, makefile: Makefile, target: string): Rule | undefined {
  const rule = makefile.rules.get(target);
  if (rule !== undefined && rule.recipe.length > 0) return rule;
  const base = target.replace(/\.o$/, '');
  const source = `${base}.c`;
  const recipe = target.endsWith('.o') ? '$(CC) $(CFLAGS) -c -o $@ $<' : '$(CC) $(CFLAGS) $< -o $@';
  if (!makefile.phony.has(target) && context.files.find(source) !== undefined)
    return { needs: [source, ...(rule?.needs ?? [])], recipe: [recipe] };
  return rule;
}

type Outcome = 'changed' | 'unchanged' | 'failed';

async function bringUpToDate(
  context: AppletContext,
  makefile: Makefile,
  target: string,
  above: ReadonlySet<string>,
): Promise<Outcome> {
  const rule = ruleFor(context, makefile, target);
  const there = context.files.find(target);
  if (rule === undefined || above.has(target)) {
    if (there !== undefined) return 'unchanged';
    await stop(context, `*** No rule to make target '${target}'.  Stop.`);
    return 'failed';
  }
  let isStale = there === undefined || makefile.phony.has(target);
  for (const need of rule.needs) {
    const outcome = await bringUpToDate(context, makefile, need, new Set([...above, target]));
    if (outcome === 'failed') return 'failed';
    isStale ||= outcome === 'changed' || (context.files.find(need)?.inode.mtimeMs ?? 0) > (there?.inode.mtimeMs ?? 0);
  }
  if (!isStale) return 'unchanged';
  const automatic = new Map([
    ...makefile.variables,
    ['@', target],
    ['<', rule.needs[0] ?? ''],
    ['^', rule.needs.join(' ')],
  ]);
  for (const line of rule.recipe) {
    const [, marks = '', command = ''] = /^\s*([@\-+]*)(.*)$/s.exec(expand(line, automatic)) ?? [];
    if (!marks.includes('@')) await context.out.write(`${command}\n`);
    const status = await context.spawn(['/bin/sh', '-c', command]);
    if (status === 0 || marks.includes('-')) continue;
    await stop(context, `*** [Makefile: ${target}] Error ${typeof status === 'number' ? status : 127}`);
    return 'failed';
  }
  return 'changed';
}
