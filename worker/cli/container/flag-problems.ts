/** What is wrong with values of flags of `docker run`, as its client says it before it asks the engine. */

const IPV6_GROUPS = 8;
const ULIMITS = [
  'core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile', 'nproc', 'rss', 'rtprio', 'rttime',
  'sigpending', 'stack',
]; // prettier-ignore
/** Kernel parameters that have a value of their own in every container. */
const SYSCTL = /^(?:kernel\.(?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)$|net\.|fs\.mqueue\.)/;
const STREAMS = ['stdin', 'stdout', 'stderr'];

export function streamProblem(value: string): string | undefined {
  return STREAMS.includes(value.toLowerCase()) ? undefined : 'valid streams are STDIN, STDOUT and STDERR';
}

/** `NAME=VALUE` or `NAME`. */
export function variableProblem(value: string): string | undefined {
  return value.startsWith('=') || value === '' ? `invalid environment variable: ${value}` : undefined;
}

export function labelProblem(value: string): string | undefined {
  return value.startsWith('=') || value === '' ? `invalid label '${value}': empty name` : undefined;
}

/** `HOST:ADDRESS` or `HOST=ADDRESS`. */
export function hostProblem(value: string): string | undefined {
  return /^[^:=]+[:=].+$/.test(value) ? undefined : `bad format for add-host: ${JSON.stringify(value)}`;
}

/** `NAME=VALUE` of a filter. */
export function filterProblem(value: string): string | undefined {
  return value === '' || value.includes('=') ? undefined : 'bad format of filter (expected name=value)';
}

export function addressProblem(value: string): string | undefined {
  return isAddress(value) ? undefined : `IP address is not correctly formatted: ${value}`;
}

/** True for an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return text.split('.').every((part) => Number(part) <= 255);
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  const groups = [head, tail ?? ''].flatMap((part) => (part === '' ? [] : part.split(':')));
  const isWhole = tail === undefined ? groups.length === IPV6_GROUPS : groups.length < IPV6_GROUPS;
  return isWhole && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group));
}

/** `NAME=SOFT[:HARD]`. */
export function ulimitProblem(value: string): string | undefined {
  const match = /^([^=]*)=([^:]*)(?::(.*))?$/.exec(value);
  if (match === null) return `invalid ulimit argument: ${value}`;
  const [, name = '', soft = '', hard] = match;
  if (!ULIMITS.includes(name)) return `invalid ulimit type: ${name}`;
  const odd = [soft, hard ?? soft].find((limit) => !/^-?\d+$/.test(limit));
  if (odd !== undefined) return `strconv.ParseInt: parsing ${JSON.stringify(odd)}: invalid syntax`;
  if (hard !== undefined && Number(hard) !== -1 && Number(soft) > Number(hard)) {
    return `ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`;
  }
  return undefined;
}

/** `NAME=VALUE` of a kernel parameter. */
export function sysctlProblem(value: string): string | undefined {
  const equals = value.indexOf('=');
  return equals > 0 && SYSCTL.test(value.slice(0, equals)) ? undefined : `sysctl '${value}' is not allowed`;
}
