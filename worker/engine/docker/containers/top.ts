/** `docker top` and `docker stats`: the processes of a running container, in the columns of `ps`. */
import { EngineError } from '../../../base/errors.ts';
import type { ProcessInfo } from '../../../shell/process.ts';
import type { ContainerStats } from '../api.ts';
import type { Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';

interface Column {
  readonly title: string;
  readonly value: (process: ProcessInfo, nowMs: number) => string;
}

const START_TIME: Column = { title: 'STIME', value: ({ startedMs }) => clockText(startedMs) };

/** What `ps -o` calls its columns. */
const COLUMNS: Readonly<Record<string, Column>> = {
  args: { title: 'COMMAND', value: ({ argv }) => argv.join(' ') },
  c: { title: 'C', value: () => '0' },
  cmd: { title: 'CMD', value: ({ argv }) => argv.join(' ') },
  comm: { title: 'COMMAND', value: ({ argv }) => (argv[0] ?? '').replace(/^.*\//, '') },
  command: { title: 'COMMAND', value: ({ argv }) => argv.join(' ') },
  etime: { title: 'ELAPSED', value: ({ startedMs }, nowMs) => elapsedText(nowMs - startedMs) },
  pid: { title: 'PID', value: ({ pid }) => String(pid) },
  '%cpu': { title: '%CPU', value: () => '0.0' },
  '%mem': { title: '%MEM', value: () => '0.0' },
  ppid: { title: 'PPID', value: ({ parentPid }) => String(parentPid) },
  rss: { title: 'RSS', value: () => '0' },
  stat: { title: 'STAT', value: () => 'S' },
  stime: START_TIME,
  start: { ...START_TIME, title: 'START' },
  time: { title: 'TIME', value: () => '00:00:00' },
  tty: { title: 'TTY', value: () => '?' },
  uid: { title: 'UID', value: ({ uid }) => (uid === 0 ? 'root' : String(uid)) },
  user: { title: 'USER', value: ({ uid }) => (uid === 0 ? 'root' : String(uid)) },
  vsz: { title: 'VSZ', value: () => '0' },
};

const FULL = ['uid', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd'];
const WITH_USE = ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tty', 'stat', 'start', 'time', 'command'];

/** The processes, in the columns that the words for `ps` ask for. Throws `conflict` where nothing runs. */
export function topOf(daemon: Daemon, container: LiveContainer, psArguments: string) {
  const running = container.requireRunning();
  const columns = columnsOf(psArguments).map((name) => COLUMNS[name] ?? unknownColumn(name));
  const nowMs = daemon.clock.nowMs();
  return {
    Titles: columns.map(({ title }) => title),
    Processes: running.processes().map((process) => columns.map(({ value }) => value(process, nowMs))),
  };
}

function columnsOf(text: string): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const chosen: string[] = [];
  for (const [at, word] of words.entries()) {
    const list = word === '-o' || word === 'o' ? words[at + 1] : /^-?o(.+)/.exec(word)?.[1];
    if (list !== undefined) chosen.push(...list.split(','));
  }
  if (chosen.length === 0) return words.some((word) => /^a?u?x?$/.test(word) && word.includes('u')) ? WITH_USE : FULL;
  if (!chosen.includes('pid')) throw new EngineError('invalid-argument', "Couldn't find PID field in ps output");
  return chosen;
}

function unknownColumn(name: string): never {
  throw new EngineError('invalid-argument', `ps: error: unknown user-defined format specifier "${name}"`);
}

function clockText(ms: number): string {
  return new Date(ms).toISOString().slice(11, 16);
}

function elapsedText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const pair = (value: number): string => String(value).padStart(2, '0');
  return `${pair(Math.floor(seconds / 60))}:${pair(seconds % 60)}`;
}

/** What a container has used; nothing for one that does not run. */
export function statsOf({ record, running }: LiveContainer): ContainerStats {
  const use = running?.use() ?? { steps: 0, memoryBytes: 0, processes: 0 };
  return { id: record.id, name: record.name, ...use, readBytes: 0, writtenBytes: 0 };
}
