/** Instructions out of an image's history (`created_by` of the OCI config), which builders write in forms of their own. */

/** What a health check of the history says: the test, four durations and the number of retries as a rune. */
const HEALTHCHECK = /^HEALTHCHECK &\{\[(?<test>.*)\] (?<times>(?:"[^"]*" ?)+)'(?<retries>.*)'\}$/s;
/** In the order of the history. */
const TIME_FLAGS = ['interval', 'timeout', 'start-period', 'start-interval'] as const;
const QUOTED = /"((?:[^"\\]|\\.)*)"/gs;

/** An instruction as a person wrote it: what `created_by` holds, without the builders' decoration. */
export function instructionOfHistory(createdBy: string): string {
  const bare = createdBy
    .replace(/^\/bin\/sh -c #\(nop\)\s*/, '')
    .replace(/ # buildkit$/, '')
    .replace(/^RUN \|\d+ (?:[^ ]+ )*?(?=\/bin\/sh -c )/, 'RUN ')
    .replace(/^(RUN )?\/bin\/sh -c /, 'RUN ');
  return (
    healthcheckOf(bare) ??
    bare
      .replace(/^VOLUME \[(.*)\]$/, 'VOLUME $1')
      // a set of ports, as Go prints it: `map[53/udp:{} 8080/tcp:{}]`
      .replace(/^EXPOSE map\[(.*)\]$/, (_, ports: string) => `EXPOSE ${ports.replace(/:\{\}/g, '')}`)
  );
}

function healthcheckOf(instruction: string): string | undefined {
  const { test = '', times = '', retries = '' } = HEALTHCHECK.exec(instruction)?.groups ?? {};
  const [kind, ...words] = unquoted(test);
  if (kind === undefined) return undefined;
  if (kind === 'NONE') return 'HEALTHCHECK NONE';
  const flags = unquoted(times).flatMap((time, place) =>
    time === '0s' || TIME_FLAGS[place] === undefined ? [] : [`--${TIME_FLAGS[place]}=${time} `],
  );
  const count = retriesOf(retries);
  const command = kind === 'CMD-SHELL' ? words.join(' ') : JSON.stringify(words);
  return `HEALTHCHECK ${flags.join('')}${count === 0 ? '' : `--retries=${count} `}CMD ${command}`;
}

function unquoted(text: string): string[] {
  return Array.from(text.matchAll(QUOTED), ([, word = '']) => word.replace(/\\(.)/gs, '$1'));
}

/** Go's `%q` of a rune: `\x00`, `\n`, or the character itself. */
function retriesOf(rune: string): number {
  const named = { '\\a': 7, '\\b': 8, '\\t': 9, '\\n': 10, '\\v': 11, '\\f': 12, '\\r': 13 }[rune];
  if (named !== undefined) return named;
  const code = /^\\[xu](?<hex>[0-9a-f]+)$/.exec(rune)?.groups?.['hex'];
  return code === undefined ? (rune.codePointAt(0) ?? 0) : Number.parseInt(code, 16);
}
