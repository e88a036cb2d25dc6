/** Where a report goes: to standard output, or with `--output` to a file. */
import { utf8 } from '../../base/bytes.ts';
import { isEngineError } from '../../base/errors.ts';
import { bodyOf } from '../../vfs/body.ts';
import { CliError } from '../command.ts';
import type { CliContext } from '../context.ts';
import { systemText } from '../input-files.ts';

/** Throws {@link CliError} for a file that cannot be written. */
export async function writeReport({ shell }: CliContext, path: string | undefined, text: string): Promise<void> {
  if (path === undefined) {
    await shell.out.write(text);
    return;
  }
  try {
    shell.files.writeBody(path, bodyOf(utf8(text)), 0o644);
  } catch (error) {
    if (!isEngineError(error, 'filesystem')) throw error;
    throw new CliError(`ERROR: open ${path}: ${systemText(error.data['errno'])}`);
  }
  await shell.err.write(`    ✓ Report written to ${path}\n`);
}
