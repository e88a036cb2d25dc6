/** Lines of a terminal that hold a password: they are not kept, so that they reach neither storage nor a link. */

/** `docker login` with any of `-p`, `-up` and `--password`, and with `--password-stdin`, which something before it writes to. */
const LOGIN_WITH_PASSWORD = /\bdocker\b.*\blogin\b.*\s(?:-\w*p|--password)/s;

export function holdsPassword(line: string): boolean {
  return LOGIN_WITH_PASSWORD.test(line);
}
