/** nginx's logs: accesses in the formats of the configuration, and errors by their level. */
import type { AppletContext } from '../../applets/context.ts';
import { requestLine, fileLog, type LineLog } from '../../http/serving.ts';
import type { Clock } from '../../../base/ports.ts';
import { expandVariables, type Answered, type Exchange } from './exchange.ts';
import type { Configuration, Scope } from './sites.ts';

/** From the loudest, as `error_log` names them. */
const LEVELS = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'];
const DEFAULT_ERROR_LOG = '/var/log/nginx/error.log';
const DEFAULT_ACCESS_LOG = '/var/log/nginx/access.log';
const COMBINED =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

/** All logs of one nginx; files are opened when they are first written to. */
export class NginxLogs {
  readonly #context: AppletContext;
  readonly #clock: Clock;
  readonly #open = new Map<string, LineLog>();
  #formats: ReadonlyMap<string, string> = new Map();

  constructor(context: AppletContext) {
    this.#context = context;
    this.#clock = context.process.kernel.clock;
  }

  /** Takes up a configuration: opens its logs. Throws a system error for one that cannot be. */
  async prepare({ main, http, sites }: Configuration): Promise<void> {
    this.#formats = new Map([
      ['combined', COMBINED],
      ...http.own('log_format').map(({ args }) => {
        const [name = '', ...parts] = args;
        return [name, parts.filter((part) => !part.startsWith('escape=')).join('')] as const;
      }),
    ]);
    const scopes = [
      main,
      http,
      ...sites.flatMap(({ scope, locations }) => [scope, ...locations.map((one) => one.scope)]),
    ];
    const paths = new Set([DEFAULT_ERROR_LOG]);
    for (const scope of scopes) {
      paths.add(scope.args('error_log')?.[0] ?? DEFAULT_ERROR_LOG);
      for (const { args } of scope.all('access_log')) paths.add(args[0] ?? '');
      if (scope.all('access_log').length === 0) paths.add(DEFAULT_ACCESS_LOG);
    }
    for (const path of paths) {
      if (!path.startsWith('/') || this.#open.has(path)) continue;
      this.#open.set(path, await fileLog(this.#context, path));
    }
  }

  /** `2026/11/21 18:18:16 [notice] 1#1: message`. */
  error(scope: Scope, level: string, worker: number, message: string): void {
    const [path = DEFAULT_ERROR_LOG, least = 'error'] = scope.args('error_log') ?? [];
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    this.#open.get(path)?.write(`${errorTime(this.#clock.nowMs())} [${level}] ${worker}#${worker}: ${message}`);
  }

  access(scope: Scope, exchange: Exchange, answered: Answered): void {
    const given = scope.all('access_log');
    const lines = given.length === 0 ? [[DEFAULT_ACCESS_LOG]] : given.map(({ args }) => args);
    for (const [path = '', format = 'combined'] of lines) {
      const text = this.#formats.get(format) ?? COMBINED;
      this.#open.get(path)?.write(expandVariables(text, exchange, answered));
    }
  }
}

/** What an entry about a request ends with. */
export function requestContext(exchange: Exchange): string {
  const { peer, serverName, request, host } = exchange;
  const referrer = request.headers.get('referer');
  return `, client: ${peer.address}, server: ${serverName}, request: "${requestLine(request)}", host: "${host}"${referrer === null ? '' : `, referrer: "${referrer}"`}`;
}

function errorTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace(/-/g, '/').replace('T', ' ');
}
