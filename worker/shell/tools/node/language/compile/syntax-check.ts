/** `node --check`. */
import type { AppletContext } from '../../../../applets/context.ts';
import type { Entry } from '../node-program.ts';
import { ParseProblem, parseProgram } from './program.ts';
import { readSource } from '../runtime/files.ts';
import { isModuleFile } from '../runtime/resolution.ts';
import { parseProblemText } from '../runtime/uncaught.ts';

/** What Node prints of a file that is no program; undefined for one that is. */
export async function syntaxProblem(
  context: AppletContext,
  entry: Entry,
  version: string,
): Promise<string | undefined> {
  const [name, text, isModule] =
    entry.kind === 'text'
      ? [entry.name, entry.text, entry.isModule]
      : [entry.path, await readSource(context, entry.path), await isModuleFile(context, entry.path)];
  try {
    parseProgram({ name, text }, isModule ? 'module' : 'script');
    return undefined;
  } catch (error) {
    if (error instanceof ParseProblem) return parseProblemText(error, version);
    throw error;
  }
}
