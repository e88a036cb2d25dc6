/** `--progress`: how a build tells what it does, on standard error. */
import type { ProgressSink } from '../../base/progress.ts';
import type { Builder } from '../builders/instances.ts';
import type { CliContext } from '../context.ts';
import { buildError } from './build-inputs.ts';
import { PlainProgress } from './plain-progress.ts';
import { rawJsonReport } from './raw-json-progress.ts';
import { TerminalProgress } from './terminal-progress.ts';

export type DisplayMode = 'plain' | 'tty' | 'quiet' | 'rawjson';

interface BuildDisplay {
  readonly sink: ProgressSink;
  /** All has been told. */
  finish(): void;
  /** The steps that failed, as the report below tells them. */
  failures(): string;
}

const MODES = ['auto', 'plain', 'tty', 'quiet', 'rawjson'];

/** Reads `--progress`, or BUILDKIT_PROGRESS: a terminal is drawn on where nothing else is asked for. Throws {@link CliError}. */
export function readDisplayMode(context: CliContext, flag: string | undefined): DisplayMode {
  const mode = flag ?? context.shell.env.get('BUILDKIT_PROGRESS') ?? 'auto';
  if (!MODES.includes(mode)) throw buildError(`invalid progress mode ${mode}`);
  if (mode === 'quiet' || mode === 'rawjson') return mode;
  if (mode === 'tty' && context.errorTerminal === undefined) {
    throw buildError('failed to get console: provided file is not a console');
  }
  return context.errorTerminal !== undefined && (mode === 'auto' || mode === 'tty') ? 'tty' : 'plain';
}

/** `rename` gives the words shown for a status. */
export function openDisplay(
  { clock, errorTerminal }: CliContext,
  mode: DisplayMode,
  write: (text: string) => void,
  rename: (status: string) => string,
  builder: Pick<Builder, 'name' | 'driver'>,
): BuildDisplay {
  if (mode === 'rawjson') {
    return { sink: (status) => write(rawJsonReport(status)), finish: () => undefined, failures: () => '' };
  }
  if (mode !== 'tty' || errorTerminal === undefined) {
    const plain = new PlainProgress(write, rename);
    write(`#0 building with ${JSON.stringify(builder.name)} instance using ${builder.driver} driver\n\n`);
    return { sink: plain.sink, finish: () => undefined, failures: () => plain.failures() };
  }
  // what the report of a failure repeats is the same in every form
  const report = new PlainProgress(() => undefined, rename);
  const drawn = new TerminalProgress(write, rename, clock, errorTerminal);
  return {
    sink(status) {
      report.sink(status);
      drawn.sink(status);
    },
    finish: () => drawn.finish(),
    failures: () => report.failures(),
  };
}
