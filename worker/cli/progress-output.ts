/** Progress of pulls, pushes and loads on standard output: a line each where it is no terminal, lines that change where it is. */
import type { ProgressListener, ProgressMessage } from '../engine/docker/api.ts';
import { CliError } from './command.ts';
import type { CliContext } from './context.ts';
import { humanSize } from './format/human-size.ts';

export interface ProgressOutput {
  readonly listener: ProgressListener;
  /** Waits until all is written. Throws the error that was among the messages. */
  finish(): Promise<void>;
}

/** Prints messages as they come, on standard output unless told otherwise; nothing but errors where `quiet`. */
export function progressOutput(context: CliContext, quiet = false, out = context.shell.out): ProgressOutput {
  const lines = new Map<string, number>();
  let problem: string | undefined;
  let written = Promise.resolve();

  const print = (text: string): void => {
    written = written.then(async () => {
      await out.write(text);
      await out.flush();
    });
    // a pipe that nobody reads any more ends the program, but not before `finish`
    written.catch(() => undefined);
  };

  /** A line that is written over as its layer goes on. */
  const update = (message: ProgressMessage, id: string): void => {
    const known = lines.get(id);
    const line = known ?? lines.size;
    lines.set(id, line);
    const up = lines.size - line;
    const text = `\r\u001b[2K${messageText(message)}`;
    print(known === undefined ? `${text}\n` : `\u001b[${up}A${text}\u001b[${up}B\r`);
  };

  return {
    listener(message) {
      if (message.error !== undefined) problem ??= message.error;
      else if (quiet) return;
      else if (context.terminal !== undefined && message.id !== undefined && /^[0-9a-f]{12}$/.test(message.id)) {
        update(message, message.id);
      } else if (message.progressDetail === undefined) print(messageLine(message));
    },
    async finish() {
      await written;
      if (problem !== undefined) throw new CliError(problem);
    },
  };
}

function messageLine(message: ProgressMessage): string {
  return message.stream ?? `${messageText(message)}\n`;
}

function messageText({ id, status = '', progressDetail }: ProgressMessage): string {
  const amount = progressDetail?.total === undefined || progressDetail.total === 0 ? '' : bar(progressDetail);
  return `${id === undefined ? '' : `${id}: `}${status}${amount}`;
}

const BAR_COLUMNS = 50;

function bar({ current = 0, total = 0 }: { readonly current?: number; readonly total?: number }): string {
  const done = Math.min(BAR_COLUMNS, Math.floor((current / total) * BAR_COLUMNS));
  const rest = ' '.repeat(BAR_COLUMNS - done);
  return ` [${'='.repeat(done)}>${rest}]  ${humanSize(current)}/${humanSize(total)}`;
}
