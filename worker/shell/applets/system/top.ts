/** top, for one look at the processes or several: nobody types at it. */
import { MEMORY_KILOBYTES } from '../../kernel/proc.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions } from '../options.ts';
import { formatTime } from '../time-format.ts';
import { readUsers } from '../users.ts';
import { processesOf, programName, userOf } from './process-table.ts';

const DEFAULT_DELAY_SECONDS = 5;
const KILOBYTE = 1024;

export const top: Applet = {
  names: ['top'],
  summary: 'Show a view of process activity',
  usage: '[-bH] [-n COUNT] [-d SECONDS]',
  simulated: 'load, memory and processor time are stand-ins; the processes are true',
  async run(context) {
    const options = parseOptions(context.args, 'bHcin:d:p:u:o:w::');
    const looks = options.has('n') ? Number(options.value('n')) : options.has('b') ? Infinity : 1;
    const delaySeconds = Number(options.value('d') ?? DEFAULT_DELAY_SECONDS);
    for (let look = 0; look < looks; look++) {
      if (look > 0) await context.process.sleep(delaySeconds * 1000);
      await (context.flavour === 'busybox' ? printBusybox : printProcps)(context);
      await context.out.flush();
    }
    return 0;
  },
};

async function printBusybox(context: AppletContext): Promise<void> {
  const used = Math.ceil(context.process.kernel.use().memoryBytes / KILOBYTE);
  const users = await readUsers(context);
  const all = processesOf(context);
  await context.out.write(
    `Mem: ${used}K used, ${MEMORY_KILOBYTES - used}K free, 0K shrd, 0K buff, 0K cached\n` +
      'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\n' +
      `Load average: 0.00 0.00 0.00 1/${all.length} ${all.at(-1)?.pid ?? 0}\n` +
      '  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND\n',
  );
  for (const one of all) {
    const cells = [String(one.pid).padStart(5), String(one.parent?.pid ?? 0).padStart(5)];
    await context.out.write(
      `${cells.join(' ')} ${userOf(users, one).slice(0, 8).padEnd(8)} ${one === context.process ? 'R' : 'S'}     4000   0%   0% ${one.argv.join(' ')}\n`,
    );
  }
}

async function printProcps(context: AppletContext): Promise<void> {
  const users = await readUsers(context);
  const all = processesOf(context);
  const mebibytes = (kilobytes: number): string => (kilobytes / KILOBYTE).toFixed(1).padStart(8);
  const used = context.process.kernel.use().memoryBytes / KILOBYTE;
  const now = formatTime('%H:%M:%S', context.process.kernel.clock.nowMs());
  await context.out.write(
    `top - ${now} up 0 min,  0 users,  load average: 0.00, 0.00, 0.00\n` +
      `Tasks: ${String(all.length).padStart(3)} total,   1 running, ${String(all.length - 1).padStart(3)} sleeping,   0 stopped,   0 zombie\n` +
      '%Cpu(s):  0.0 us,  0.0 sy,  0.0 ni,100.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st\n' +
      `MiB Mem : ${mebibytes(MEMORY_KILOBYTES)} total, ${mebibytes(MEMORY_KILOBYTES - used)} free, ${mebibytes(used)} used, ${mebibytes(0)} buff/cache\n` +
      `MiB Swap: ${mebibytes(0)} total, ${mebibytes(0)} free, ${mebibytes(0)} used. ${mebibytes(MEMORY_KILOBYTES - used)} avail Mem\n\n` +
      '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n',
  );
  for (const one of all) {
    const state = one === context.process ? 'R' : 'S';
    await context.out.write(
      `${String(one.pid).padStart(7)} ${userOf(users, one).slice(0, 8).padEnd(8)}  20   0    4000   2000   1000 ${state}   0.0   0.0   0:00.00 ${programName(one)}\n`,
    );
  }
}
