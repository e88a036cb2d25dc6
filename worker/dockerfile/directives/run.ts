import { EngineError } from '../../base/errors.ts';
import { ROOT, resolvePath } from '../../base/path.ts';
import type { HeredocFile } from '../ast.ts';
import { parseDevice, type Device } from '../device-spec.ts';
import { defineDirective } from '../directive.ts';
import { readFlags, type FlagSpec } from '../flags.ts';
import { quote } from '../go-quote.ts';
import { trimSpace } from '../go-space.ts';
import { heredocText, heredocWord } from '../heredoc.ts';
import { MOUNT_OFFERS, MOUNT_TYPES, readMount, readMountText, type MountText } from '../mount-spec.ts';
import { commandWords, readCommand, type Command } from '../shell-form.ts';
import type { RunMount, RunRequest, StageBuilder } from '../stage-builder.ts';

export interface RunData {
  readonly command: Command;
  readonly heredocs: readonly HeredocFile[];
  readonly mounts: readonly MountText[];
  readonly network: RunRequest['network'];
  readonly security: RunRequest['security'];
  readonly devices: readonly Device[];
}

const NETWORKS = ['default', 'none', 'host'] as const;
const SECURITIES = ['sandbox', 'insecure'] as const;

const FLAGS: readonly FlagSpec[] = [
  {
    name: 'mount',
    type: 'strings',
    placeholder: 'type=type,option=value,...',
    values: MOUNT_TYPES.map((type) => `type=${type}`),
    offers: MOUNT_OFFERS,
    summary: 'Mounts files for this command alone: from the context or a stage, a cache kept between builds, a secret.',
  },
  {
    name: 'network',
    type: 'string',
    values: NETWORKS,
    summary: 'Network of the command: the build’s, none, or the host’s.',
  },
  {
    name: 'security',
    type: 'string',
    values: SECURITIES,
    summary: 'Runs the command in its sandbox, or with the privileges of the builder.',
  },
  {
    name: 'device',
    type: 'strings',
    placeholder: 'name[,required]',
    summary: 'Gives the command a device of the machine that builds, by its CDI name.',
  },
];

/** Where a script in a heredoc is put while it runs. */
const SCRIPT_DIRECTORY = '/dev/pipes/';

export const run = defineDirective<RunData>({
  name: 'RUN',
  summary: 'Runs a command, and keeps what it changes as a layer.',
  syntax: ['RUN [options] command line', 'RUN [options] ["program", "argument", ...]', 'RUN [options] <<EOF'],
  docs: `The shell form is run by the stage’s shell, \`/bin/sh -c\` unless SHELL says otherwise; variables in it are the shell’s to expand.
The exec form (JSON) starts the program itself. Each RUN starts anew: directories and variables set in one are gone in the next,
only files stay. What is written and deleted within one RUN never reaches a layer; what a later RUN deletes still takes room below.

A heredoc gives several lines to the shell, or a script with a \`#!\` line to its interpreter. The result is taken from the cache
as long as the command, its arguments and what came before are the same.`,
  flags: FLAGS,
  argumentSyntax: 'exec-or-line',
  heredocs: true,
  expands: 'flags',
  isStep: true,
  sources: ({ mounts }) => mounts.flatMap(({ from }) => (from === undefined || from === '' ? [] : [from])),
  interpret: (node) => {
    const flags = readFlags(node.flags, FLAGS);
    return {
      command: readCommand(node),
      heredocs: node.heredocs,
      mounts: flags.strings('mount').map(readMountText),
      network: chosen(NETWORKS, flags.string('network'), (value) => `invalid network mode ${quote(value)}`),
      security: chosen(SECURITIES, flags.string('security'), (value) => `security ${quote(value)} is not valid`),
      devices: flags.strings('device').map(parseDevice),
    };
  },
  lower: (data, stage, instruction) => {
    const { command, script, summary } = withHeredocs(data);
    const argv = commandWords(command, stage);
    if (argv.length === 0) throw noProgram();
    stage.run({
      argv,
      mounts: data.mounts.map((mount) => expandMount(mount, stage)),
      network: data.network,
      security: data.security,
      devices: data.devices,
      displayName: instruction.code + (summary === undefined ? '' : ` (${summary})`),
      ...(script === undefined ? {} : { script }),
    });
  },
});

/** Docker finds out when it has forgotten the line, and marks none. */
function noProgram(): EngineError {
  const message = 'failed to marshal LLB definition: arguments are required';
  return new EngineError('dockerfile', message, { data: { shownLines: [] } });
}

function chosen<T extends string>(known: readonly [T, ...T[]], value: string, message: (value: string) => string): T {
  if (value === '') return known[0];
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) throw new EngineError('dockerfile', message(value));
  return found;
}

function expandMount(text: MountText, stage: StageBuilder): RunMount {
  const mount = readMount(text, (word) => stage.expand(word));
  if (mount.type === 'secret' || mount.type === 'ssh') return mount;
  const target = resolvePath(mount.target ?? '', resolvePath(stage.config.WorkingDir ?? '/'));
  if (target === ROOT) throw new EngineError('dockerfile', 'invalid mount target "/"');
  return { ...mount, target };
}

interface Execution {
  readonly command: Command;
  readonly script?: NonNullable<RunRequest['script']>;
  /** The heredoc's first line, for the step's name. */
  readonly summary?: string;
}

/**
 * A line that is nothing but a heredoc is replaced by its text: run by the shell, or, with a `#!` line, as a program of its own.
 * Any other line is handed to the shell with the heredocs below it, as it was written.
 */
function withHeredocs({ command, heredocs }: RunData): Execution {
  const [first] = heredocs;
  const line = command.words[0] ?? '';
  if (first === undefined) return { command };
  if (heredocWord(line) === undefined) {
    const full = [line, ...heredocs.map(({ content, name }) => content + name)].join('\n');
    return { command: { form: 'shell', words: [full] } };
  }
  const content = heredocText(first);
  const summary = summarise(first.content);
  if (!first.content.startsWith('#!')) return { command: { form: 'shell', words: [content] }, summary };
  const path = SCRIPT_DIRECTORY + first.name;
  return { command: { form: 'shell', words: [path] }, script: { path, content }, summary };
}

function summarise(text: string): string {
  const [first = '', ...more] = trimSpace(text).replaceAll('\r\n', '\n').split('\n');
  return first + (more.length > 0 ? '...' : '');
}
