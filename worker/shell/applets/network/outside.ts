/** What lies outside of this engine, which a page reaches by HTTP alone. */
import type { AppletContext } from '../context.ts';

const NO_ANSWER = 1;

/** Says why a host cannot be reached, and gives the program's status. */
export async function refuseOutside(context: AppletContext, host: string): Promise<number> {
  const subject = host === '' ? '' : `${host}: `;
  await context.complain(`${subject}a page in a browser has no sockets; only HTTP by wget, curl and ADD leads out`);
  return NO_ANSWER;
}
