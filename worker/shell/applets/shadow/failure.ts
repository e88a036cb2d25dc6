/** How shadow's programs end: their statuses (useradd(8), "EXIT VALUES"), and a way to end from inside. */
import type { AppletContext } from '../context.ts';
import { UsageError } from '../options.ts';

const WRONG_SYNTAX = 2;
export const WRONG_ARGUMENT = 3;
export const ID_TAKEN = 4;
export const NOT_FOUND = 6;
export const IN_USE = 8;
export const NAME_TAKEN = 9;

/** Ends the program with a message and a status. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** Runs a program's work as root alone; an {@link AccountError} ends it. */
export async function asRoot(context: AppletContext, work: () => Promise<number>): Promise<number> {
  try {
    if (context.process.credentials.uid !== 0) {
      await context.complain(`Permission denied.\n${context.name}: cannot lock /etc/passwd; try again later.`);
      return 1;
    }
    return await work();
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(error.message, WRONG_SYNTAX);
    if (!(error instanceof AccountError)) throw error;
    await context.complain(error.message);
    return error.status;
  }
}

/** A name shadow takes for a user or a group. */
export function isAccountName(name: string): boolean {
  return /^[a-z_A-Z0-9.][a-zA-Z0-9_.-]*\$?$/.test(name) && !/^\d+$|^\.{1,2}$/.test(name);
}

/** The id an option gives. */
export function parseId(text: string, what: 'user' | 'group'): number {
  if (!/^\d+$/.test(text)) throw new AccountError(`invalid ${what} ID '${text}'`, WRONG_ARGUMENT);
  return Number(text);
}
