/** Printing lists: rows under `--format`, with the command line's own errors for formats that cannot be used. */
import { isEngineError } from '../base/errors.ts';
import { pointerTo, STRING } from './template/go-type.ts';
import { goObject, goString, type GoFunction, type GoValue } from './template/go-value.ts';
import { writeListing } from './template/listing.ts';
import { CliError } from './command.ts';
import type { CliContext } from './context.ts';

/** Prints a list. Throws {@link CliError} for a format that cannot be used. */
export async function printListing(context: CliContext, listing: Parameters<typeof writeListing>[0]): Promise<void> {
  await context.shell.out.write(listingText(listing));
}

function listingText(listing: Parameters<typeof writeListing>[0]): string {
  try {
    return writeListing(listing);
  } catch (error) {
    if (isEngineError(error, 'invalid-argument')) throw new CliError(error.message);
    throw error;
  }
}

const NIL: GoValue = { kind: 'pointer', type: pointerTo(STRING), target: undefined };

/**
 * A row as templates see it, undefined for what the engine did not tell: `typeName` is Go's, as errors name it; columns are made when a template asks for them. Rows of
 * things with labels answer `.Label "name"`, too.
 */
export function listingRow(
  typeName: string,
  columns: Readonly<Record<string, string | undefined | (() => string)>>,
  labels?: Readonly<Record<string, string>>,
): GoValue {
  const methods = Object.entries(columns).map(([name, value]): readonly [string, GoFunction] => [
    name,
    { parameters: [], call: () => (value === undefined ? NIL : goString(typeof value === 'string' ? value : value())) },
  ]);
  const label: GoFunction = {
    parameters: [STRING],
    call: (name) => goString(name?.kind === 'string' ? (labels?.[name.value] ?? '') : ''),
  };
  return goObject(typeName, labels === undefined ? methods : [...methods, ['Label', label]]);
}
