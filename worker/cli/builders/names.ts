/** What a builder may be called. */
import { buildError } from '../build/build-inputs.ts';

const NAME = /^[a-zA-Z][a-zA-Z0-9._-]*$/;

/** Throws {@link CliError}, with `doing` in front of what is wrong. */
export function checkBuilderName(name: string, doing = ''): void {
  if (NAME.test(name)) return;
  const prefix = doing === '' ? '' : `${doing}: `;
  throw buildError(
    `${prefix}invalid name ${name}, name needs to start with a letter and may not contain symbols, except ._-`,
  );
}
