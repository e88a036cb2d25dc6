/** bash's `coproc`: a command in the background, with a pipe to it and one from it. */
import type { Coproc } from 'unbash';
import { runCommand } from './execution.ts';
import type { Shell } from './shell.ts';
import { runInSubshell } from './subshell.ts';

/** Where bash puts the ends of the pipes, if they are free: out of the way of scripts. */
const READING_DESCRIPTOR = 63;
const WRITING_DESCRIPTOR = 60;

/** Starts a coprocess; `${NAME[0]}` reads what it writes, `${NAME[1]}` is what it reads, `$NAME_PID` its process. */
export function startCoprocess(shell: Shell, { name: word, body, pos, end }: Coproc): number {
  const name = word?.text ?? 'COPROC';
  const { kernel, credentials, descriptors } = shell.process;
  const [itsInput, ourOutput] = kernel.createPipe(credentials);
  const [ourInput, itsOutput] = kernel.createPipe(credentials);
  const child = runInSubshell(
    shell,
    (subshell) => runCommand(subshell, body, true),
    (process) => {
      process.descriptors.replace(0, itsInput);
      process.descriptors.replace(1, itsOutput);
    },
  );
  const reading = descriptors.install(ourInput, READING_DESCRIPTOR);
  const writing = descriptors.install(ourOutput, WRITING_DESCRIPTOR);
  shell.jobs.add(child, shell.source.text.slice(pos, end));
  shell.assignElements(name, new Map([['0', String(reading)], ['1', String(writing)]])); // prettier-ignore
  shell.assign(`${name}_PID`, String(child.pid));
  shell.lastStatus = 0;
  return 0;
}
