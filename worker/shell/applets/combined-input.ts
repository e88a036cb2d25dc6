/** Several files as one, for programs that show bytes by their place in all of the input. */
import { concatBytes } from '../../base/bytes.ts';
import type { AppletContext } from './context.ts';
import { eachInput } from './inputs.ts';
import { parseCount } from './numbers.ts';

/** The bytes of all files (standard input without any), and the status: 1 when a file could not be read. */
export async function readCombined(
  context: AppletContext,
  paths: readonly string[],
): Promise<{ readonly bytes: Uint8Array; readonly status: number }> {
  const parts: Uint8Array[] = [];
  const status = await eachInput(context, paths, async (input) => {
    parts.push(await input.all());
  });
  return { bytes: concatBytes(parts), status };
}

/** A count that may be hexadecimal or octal, as dump programs take them; undefined when it is none. */
export function parseOffset(text: string): number | undefined {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return Number(text);
  return /^0[0-7]+$/.test(text) ? parseInt(text, 8) : parseCount(text);
}
