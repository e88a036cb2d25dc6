/** ps, in the forms of busybox and of procps */
import type { Process } from '../../kernel/process.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { UsageError } from '../options.ts';
import { formatTime } from '../time-format.ts';
import { readUsers, type UserDatabase } from '../users.ts';
import { processesOf, programName, userOf } from './process-table.ts';

interface Column {
  readonly heading: string;
  readonly width: number;
  /** Numbers stand at the right. */
  readonly right?: boolean;
  readonly value: (process: Process, users: UserDatabase, nowMs: number) => string;
}

/** Sizes no process here has. */
const STAND_IN_KILOBYTES = { vsz: '4000', rss: '2000' };
const SIMULATED = 'memory, processor time and states of processes are stand-ins';

const COLUMNS: Readonly<Record<string, Column>> = {
  pid: { heading: 'PID', width: 7, right: true, value: ({ pid }) => String(pid) },
  ppid: { heading: 'PPID', width: 7, right: true, value: ({ parent }) => String(parent?.pid ?? 0) },
  pgid: { heading: 'PGID', width: 7, right: true, value: ({ pid }) => String(pid) },
  user: { heading: 'USER', width: 8, value: (one, users) => userOf(users, one) },
  uid: { heading: 'UID', width: 5, right: true, value: ({ credentials }) => String(credentials.uid) },
  group: { heading: 'GROUP', width: 8, value: ({ credentials }, users) => users.groupName(credentials.gid) ?? String(credentials.gid) },
  gid: { heading: 'GID', width: 5, right: true, value: ({ credentials }) => String(credentials.gid) },
  comm: { heading: 'COMMAND', width: 15, value: programName },
  args: { heading: 'COMMAND', width: 27, value: ({ argv }) => argv.join(' ') },
  time: { heading: 'TIME', width: 8, right: true, value: () => '00:00:00' },
  etime: { heading: 'ELAPSED', width: 11, right: true, value: ({ startedMs }, _, nowMs) => elapsed(nowMs - startedMs) },
  stat: { heading: 'STAT', width: 4, value: () => 'S' },
  tty: { heading: 'TT', width: 8, value: () => '?' },
  vsz: { heading: 'VSZ', width: 6, right: true, value: () => STAND_IN_KILOBYTES.vsz },
  rss: { heading: 'RSS', width: 5, right: true, value: () => STAND_IN_KILOBYTES.rss },
  pcpu: { heading: '%CPU', width: 4, right: true, value: () => '0.0' },
  pmem: { heading: '%MEM', width: 4, right: true, value: () => '0.0' },
  start: { heading: 'STARTED', width: 8, right: true, value: ({ startedMs }) => formatTime('%H:%M:%S', startedMs) },
  nice: { heading: 'NI', width: 3, right: true, value: () => '0' },
}; // prettier-ignore

/** Other names of columns. */
const ALIASES: Readonly<Record<string, string>> = {
  cmd: 'args', command: 'args', ucmd: 'comm', ucomm: 'comm', euser: 'user', ruser: 'user', uname: 'user', '%cpu': 'pcpu', '%mem': 'pmem',
  state: 'stat', s: 'stat', tname: 'tty', tt: 'tty', ni: 'nice', stime: 'start', lstart: 'start', cputime: 'time', euid: 'uid', ruid: 'uid', egid: 'gid',
}; // prettier-ignore

function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

export const ps: Applet = {
  names: ['ps'],
  summary: 'Show list of processes',
  usage: '[-o COL1,COL2=HEADER]',
  async run(context) {
    const request = readRequest(context.args);
    const users = await readUsers(context);
    const chosen = processesOf(context).filter((one) => request.chooses(one, users));
    if (request.columns.length > 0) await printColumns(context, request, chosen, users);
    else if (context.flavour === 'busybox') await printBusybox(context, chosen, users);
    else await printProcps(context, request, chosen, users);
    return chosen.length > 0 ? 0 : 1;
  },
};

interface Request {
  readonly columns: readonly (readonly [name: string, heading: string | undefined])[];
  readonly layout: 'short' | 'full' | 'user';
  readonly headings: boolean;
  chooses(process: Process, users: UserDatabase): boolean;
}

function readRequest(args: readonly string[]): Request {
  const columns: (readonly [string, string | undefined])[] = [];
  const tests: ((process: Process, users: UserDatabase) => boolean)[] = [];
  let layout: Request['layout'] = 'short';
  let headings = true;
  const rest = [...args];
  const take = (attached: string): string => {
    const value = attached === '' ? rest.shift() : attached;
    if (value === undefined) throw new UsageError('');
    return value;
  };
  const listed = (attached: string): string[] => take(attached).split(/[ ,]+/);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name = '', , value = ''] = /^--([a-z-]+)(=(.*))?$/s.exec(word) ?? [];
    const option = name === 'format' ? 'o' : name === 'pid' ? 'p' : name === 'user' ? 'u' : '';
    if (name === 'no-headers' || name === 'no-heading' || name === 'no-headings') headings = false;
    if (name !== '' && option === '') continue;
    const letters = option === '' ? word.replace(/^-/, '') : option;
    const dashed = word.startsWith('-');
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at] ?? '';
      const attached = option === '' ? letters.slice(at + 1) : value;
      if (letter === 'o' || letter === 'O') columns.push(...columnsOf(take(attached)));
      else if (letter === 'p') {
        const pids = listed(attached);
        tests.push(({ pid }) => pids.includes(String(pid)));
      } else if (letter === 'C') {
        const names = listed(attached);
        tests.push((one) => names.includes(programName(one)));
      } else if (/[uUGg]/.test(letter) && dashed && (attached !== '' || /^[^-]/.test(rest[0] ?? ''))) {
        const names = listed(attached);
        tests.push((one, users) => names.includes(userOf(users, one)) || names.includes(String(one.credentials.uid)));
      } else {
        if (letter === 'f' || letter === 'F') layout = 'full';
        else if (letter === 'u' && !dashed) layout = 'user';
        else if (letter === 'h' && !dashed) headings = false;
        continue;
      }
      break;
    }
  }
  return { columns, layout, headings, chooses: (one, users) => tests.every((test) => test(one, users)) };
}

function columnsOf(text: string): (readonly [string, string | undefined])[] {
  return text.split(/[ ,]+/).map((part) => {
    const equals = part.indexOf('=');
    const name = (equals === -1 ? part : part.slice(0, equals)).toLowerCase();
    const known = ALIASES[name] ?? name;
    if (!Object.hasOwn(COLUMNS, known)) throw new UsageError(`bad -o argument '${part}'`);
    return [known, equals === -1 ? undefined : part.slice(equals + 1)];
  });
}

async function printColumns(
  context: AppletContext,
  { columns, headings }: Request,
  processes: readonly Process[],
  users: UserDatabase,
): Promise<void> {
  const nowMs = context.process.kernel.clock.nowMs();
  if (columns.some(([name]) => /^(?:vsz|rss|pcpu|pmem|time|stat|nice)$/.test(name)))
    context.simulate(`ps: ${SIMULATED}`);
  const cells = columns.map(([name, heading]) => {
    const column = COLUMNS[name];
    const values = processes.map((one) => column?.value(one, users, nowMs) ?? '');
    const title = heading ?? column?.heading ?? '';
    return { title, values, column, width: Math.max(column?.width ?? 0, title.length, 0) };
  });
  const rows = processes.map((_, row) => cells.map(({ values }) => values[row] ?? ''));
  if (headings && cells.some(({ title }) => title !== '')) rows.unshift(cells.map(({ title }) => title));
  for (const row of rows) {
    const shown = row.map((text, index) => {
      const { width, column } = cells[index] ?? { width: 0, column: undefined };
      if (column?.right === true) return text.padStart(width);
      return index === row.length - 1 ? text : text.padEnd(width);
    });
    await context.out.write(`${shown.join(' ')}\n`);
  }
}

async function printBusybox(context: AppletContext, processes: readonly Process[], users: UserDatabase): Promise<void> {
  await context.out.write('PID   USER     TIME  COMMAND\n');
  for (const one of processes)
    await context.out.write(
      `${String(one.pid).padStart(5)} ${userOf(users, one).slice(0, 8).padEnd(8)}  0:00 ${one.argv.join(' ')}\n`,
    );
}

async function printProcps(
  context: AppletContext,
  { layout, headings }: Request,
  processes: readonly Process[],
  users: UserDatabase,
): Promise<void> {
  const lines: string[] = [];
  if (layout !== 'short') context.simulate(`ps: ${SIMULATED}`);
  if (headings) lines.push({ user: 'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND', full: 'UID          PID    PPID  C STIME TTY          TIME CMD', short: '    PID TTY          TIME CMD' }[layout]); // prettier-ignore
  for (const one of processes) {
    const user = userOf(users, one).padEnd(8);
    const pid = String(one.pid).padStart(7);
    const command = one.argv.join(' ');
    const start = formatTime('%H:%M', one.startedMs);
    if (layout === 'user') lines.push(`${user} ${pid}  0.0  0.0   4000  2000 ?        S    ${start}   0:00 ${command}`);
    else if (layout === 'full')
      lines.push(`${user} ${pid} ${String(one.parent?.pid ?? 0).padStart(7)}  0 ${start} ?        00:00:00 ${command}`);
    else lines.push(`${pid} ?        00:00:00 ${programName(one)}`);
  }
  await context.out.write(`${lines.join('\n')}\n`);
}
