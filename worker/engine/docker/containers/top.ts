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
  comm: { title: 'COMMAND', value: programOf },
  command: { title: 'COMMAND', value: ({ argv }) => argv.join(' ') },
  etime: { title: 'ELAPSED', value: ({ startedMs }, nowMs) => elapsedText(nowMs - startedMs) },
  etimes: { title: 'ELAPSED', value: ({ startedMs }, nowMs) => String(Math.floor((nowMs - startedMs) / 1000)) },
  euid: { title: 'EUID', value: ({ uid }) => String(uid) },
  euser: { title: 'EUSER', value: userOf },
  ni: { title: 'NI', value: () => '0' },
  nlwp: { title: 'NLWP', value: () => '1' },
  pcpu: { title: '%CPU', value: () => '0.0' },
  pmem: { title: '%MEM', value: () => '0.0' },
  pid: { title: 'PID', value: ({ pid }) => String(pid) },
  '%cpu': { title: '%CPU', value: () => '0.0' },
  '%mem': { title: '%MEM', value: () => '0.0' },
  ppid: { title: 'PPID', value: ({ parentPid }) => String(parentPid) },
  rss: { title: 'RSS', value: () => '0' },
  ruser: { title: 'RUSER', value: userOf },
  s: { title: 'S', value: () => 'S' },
  state: { title: 'S', value: () => 'S' },
  ucmd: { title: 'CMD', value: programOf },
  stat: { title: 'STAT', value: () => 'S' },
  stime: START_TIME,
  start: { ...START_TIME, title: 'START' },
  time: { title: 'TIME', value: () => '00:00:00' },
  tty: { title: 'TTY', value: () => '?' },
  uid: { title: 'UID', value: ({ uid }) => String(uid) },
  user: { title: 'USER', value: userOf },
  vsz: { title: 'VSZ', value: () => '0' },
};

const FULL = ['user=UID', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd'];
const WITH_USE = ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tty', 'stat', 'start', 'time', 'command'];

/** `-o`, `o`, `-eo`, `--format`, `--format=`, with what is written to it. */
const OUTPUT_FLAG = /^(-?[a-zA-Z]*?o|--format(?:=|$))(.*)$/;

/** The processes, in the columns that the words for `ps` ask for. Throws `conflict` where nothing runs. */
export function topOf(daemon: Daemon, container: LiveContainer, psArguments: string) {
  const running = container.requireRunning();
  const columns = columnsOf(psArguments).map(columnOf);
  if (!columns.some(({ title }) => title === 'PID')) {
    throw new EngineError('invalid-argument', "Couldn't find PID field in ps output");
  }
  const nowMs = daemon.clock.nowMs();
  return {
    Titles: columns.map(({ title }) => title),
    Processes: running.processes().map((process) => columns.map(({ value }) => value(process, nowMs))),
  };
}

function columnsOf(text: string): readonly string[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const chosen: string[] = [];
  for (let at = 0; at < words.length; at++) {
    // the list stands behind its flag (`-eo LIST`, `--format LIST`), or is written to it
    const [, , written] = OUTPUT_FLAG.exec(words[at] ?? '') ?? [];
    const list = written === '' ? words[++at] : written;
    if (list !== undefined) chosen.push(...columnNames(list));
  }
  if (chosen.length === 0) return words.some((word) => /^a?u?x?$/.test(word) && word.includes('u')) ? WITH_USE : FULL;
  return chosen;
}

/** `pid,comm`; a title of one's own (`args=WHAT EVER`) takes the rest. */
function columnNames(list: string): readonly string[] {
  const equals = list.indexOf('=');
  if (equals === -1) return list.split(',');
  const lastComma = list.slice(0, equals).lastIndexOf(',');
  return [...(lastComma === -1 ? [] : list.slice(0, lastComma).split(',')), list.slice(lastComma + 1)];
}

/** `NAME` or `NAME=TITLE`. Throws the first line of what `ps` says of a name it does not know. */
function columnOf(text: string): Column {
  const [name = ''] = text.split('=', 1);
  const column = COLUMNS[name];
  if (column === undefined) {
    throw new EngineError('invalid-argument', `error: unknown user-defined format specifier "${name}"`);
  }
  return text === name ? column : { ...column, title: text.slice(name.length + 1) };
}

function userOf({ uid }: ProcessInfo): string {
  return uid === 0 ? 'root' : String(uid);
}

/** The name of the program, without where it lies. */
function programOf({ argv }: ProcessInfo): string {
  return (argv[0] ?? '').replace(/^.*\//, '');
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
