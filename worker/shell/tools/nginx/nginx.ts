/** `nginx`: serves what its configuration says, tells of it in its logs, and minds the signals that stop and reload it. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { listenAt, logsWritten, untilSignal } from '../../http/serving.ts';
import { serverResponse } from '../../http/head.ts';
import { requestPath } from '../../http/request-path.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import type { Process } from '../../kernel/process.ts';
import { readText, removeFile, writeText } from '../placing.ts';
import { installedVersion } from '../programs/package-version.ts';
import { answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { NginxLogs, requestContext } from './logs.ts';
import { errorPage } from './pages.ts';
import { makeTempPaths } from './temp-paths.ts';
import { locationFor, siteFor, understand, type Configuration } from './sites.ts';
import { ConfigurationProblem, orProblem, readDirectives, type Directive } from './syntax.ts';

const DEFAULT_FILE = '/etc/nginx/nginx.conf';
const DEFAULT_PID_FILE = '/run/nginx.pid';
/** The process number a worker would have: nginx starts some helpers before. */
const WORKER_OFFSET = 28;
const STOP_SIGNALS = { stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' } as const;

export const nginx: Applet = {
  names: ['nginx', 'nginx-debug'],
  summary: 'Web server: files, redirects, reverse proxy',
  usage: '[-t] [-T] [-v] [-V] [-s SIGNAL] [-g DIRECTIVES] [-c FILE]',
  async run(context) {
    const { args } = context;
    const version =
      (await installedVersion(context, ['nginx', 'nginx-core'])) ?? context.env.get('NGINX_VERSION') ?? '1.27.5';
    if (args.some((word) => word === '-v' || word === '-V')) {
      await context.err.write(`nginx version: nginx/${version}\n`);
      return 0;
    }
    const file = valueOf(args, '-c') ?? DEFAULT_FILE;
    const signal = valueOf(args, '-s');
    if (signal !== undefined) return sendSignal(context, signal);
    const tests = args.includes('-t') || args.includes('-T');
    let configuration: Configuration;
    let directives: readonly Directive[];
    try {
      ({ configuration, directives } = await load(context, file, valueOf(args, '-g') ?? ''));
      await tellIgnoredUser(context, directives);
      await makeTempPaths(context, configuration);
      if (tests) return await tellTested(context, file, directives);
      return await serve({ context, version, file, given: valueOf(args, '-g') ?? '' }, configuration);
    } catch (error) {
      if (!(error instanceof ConfigurationProblem)) throw error;
      await context.err.write(`nginx: [emerg] ${error.message}\n`);
      if (tests) await context.err.write(`nginx: configuration file ${file} test failed\n`);
      return 1;
    }
  },
};

function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at === -1 ? undefined : args[at + 1];
}

/** The configuration of a file, with what `-g` puts before it. */
async function load(context: AppletContext, file: string, given: string) {
  const own = given
    .split(';')
    .map((text) => text.trim().split(/\s+/))
    .flatMap(([name = '', ...args]): Directive[] =>
      name === '' ? [] : [{ name, args, file: 'command line', line: 0 }],
    );
  const directives = [...own, ...(await readDirectives(context, file))];
  return { configuration: understand(directives), directives };
}

/** Only root can start workers as somebody else. */
async function tellIgnoredUser(context: AppletContext, directives: readonly Directive[]): Promise<void> {
  const user = directives.find(({ name }) => name === 'user');
  if (user === undefined || context.process.credentials.uid === 0) return;
  await context.err.write(
    `nginx: [warn] the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ${user.file}:${user.line}\n`,
  );
}

async function tellTested(context: AppletContext, file: string, directives: readonly Directive[]): Promise<number> {
  await context.err.write(
    `nginx: the configuration file ${file} syntax is ok\nnginx: configuration file ${file} test is successful\n`,
  );
  if (!context.args.includes('-T')) return 0;
  for (const name of new Set([file, ...filesOf(directives)])) {
    const text = await readText(context, name);
    if (text !== undefined) await context.out.write(`# configuration file ${name}:\n${text}\n`);
  }
  return 0;
}

/** The files that directives come from, in the order they were read. */
function filesOf(directives: readonly Directive[]): readonly string[] {
  return directives.flatMap(({ file, block = [] }) => [file, ...filesOf(block)]);
}

/** `nginx -s quit`: a signal for the process that the pid file names. */
async function sendSignal(context: AppletContext, name: string): Promise<number> {
  const signal = Object.entries(STOP_SIGNALS).find(([known]) => known === name)?.[1];
  if (signal === undefined) {
    await context.err.write(`nginx: invalid option: "-s ${name}"\n`);
    return 1;
  }
  const text = await readText(context, DEFAULT_PID_FILE);
  const master = context.process.kernel.processes.get(Number(text?.trim()));
  if (master === undefined) {
    const why =
      text === undefined
        ? `open() "${DEFAULT_PID_FILE}" failed (2: No such file or directory)`
        : `kill(${text.trim()}, ${signal === 'TERM' ? 15 : 3}) failed (3: No such process)`;
    await context.err.write(`nginx: [error] ${why}\n`);
    return 1;
  }
  master.signal(signal);
  return 0;
}

interface Running {
  readonly context: AppletContext;
  readonly version: string;
  readonly file: string;
  /** The directives of `-g`. */
  readonly given: string;
}

async function serve(running: Running, configuration: Configuration): Promise<number> {
  const { context, version } = running;
  const isDaemon = configuration.main.value('daemon') !== 'off';
  // without `daemon off` the master goes into the background and the command is over
  const master = isDaemon ? context.process.kernel.fork(context.process) : context.process;
  const logs = new NginxLogs(context);
  try {
    await logs.prepare(configuration);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    await context.err.write(`nginx: [emerg] open() log file failed (${strerror(errno)})\n`);
    return 1;
  }
  const server = new Master(running, master, logs, configuration);
  const taken = server.listen();
  if (taken !== undefined) {
    await context.err.write(`nginx: [emerg] bind() to 0.0.0.0:${taken} failed (98: Address already in use)\n`);
    return 1;
  }
  const pidFile = configuration.main.value('pid') ?? DEFAULT_PID_FILE;
  orProblem(`open() "${pidFile}"`, () => writeText(context, pidFile, `${master.pid}\n`, 0o644));
  server.tellStart(version);
  if (!isDaemon) return server.run();
  context.process.kernel.start(master, () => server.run());
  return 0;
}

/** The master process with its worker, which is the same process here and has another number in the logs. */
class Master {
  readonly #running: Running;
  readonly #process: Process;
  readonly #logs: NginxLogs;
  readonly #worker: number;
  #configuration: Configuration;
  #connections = 0;

  constructor(running: Running, process: Process, logs: NginxLogs, configuration: Configuration) {
    this.#running = running;
    this.#process = process;
    this.#logs = logs;
    this.#configuration = configuration;
    this.#worker = process.pid + WORKER_OFFSET;
  }

  /** Listens at every port of the configuration; gives the first that is taken. */
  listen(): number | undefined {
    const ports = new Set(this.#configuration.sites.flatMap((site) => site.ports));
    for (const port of ports) {
      if (port !== 0 && !listenAt(this.#process, port, (request, peer) => this.#answer(request, peer, port)))
        return port;
    }
    return undefined;
  }

  tellStart(version: string): void {
    const { release } = this.#process.kernel;
    const isAlpine = this.#running.context.files.find('/etc/alpine-release') !== undefined;
    const compiler = isAlpine ? 'gcc 14.2.0 (Alpine 14.2.0) ' : 'gcc 12.2.0 (Debian 12.2.0-14) ';
    this.#note('using the "epoll" event method');
    this.#note(`nginx/${version}`);
    this.#note(`built by ${compiler}`);
    this.#note(`OS: Linux ${release}`);
    this.#note('getrlimit(RLIMIT_NOFILE): 1048576:1048576');
    this.#note('start worker processes');
    this.#note(`start worker process ${this.#worker}`);
  }

  /** Until a signal ends it. */
  async run(): Promise<number> {
    for (;;) {
      const signal = await untilSignal(this.#process, ['QUIT', 'TERM', 'INT', 'HUP', 'USR1', 'WINCH']);
      if (signal === 'HUP') await this.#reload();
      if (signal !== 'QUIT' && signal !== 'TERM' && signal !== 'INT') continue;
      this.#tellEnd(signal);
      removeFile(this.#running.context, this.#configuration.main.value('pid') ?? DEFAULT_PID_FILE);
      await logsWritten(this.#process);
      return 0;
    }
  }

  async #reload(): Promise<void> {
    const { context, file, given } = this.#running;
    this.#note('signal 1 (SIGHUP) received, reconfiguring');
    try {
      const { configuration } = await load(context, file, given);
      await this.#logs.prepare(configuration);
      const known = new Set(this.#configuration.sites.flatMap((site) => site.ports));
      this.#configuration = configuration;
      for (const port of new Set(configuration.sites.flatMap((site) => site.ports))) {
        if (!known.has(port)) listenAt(this.#process, port, (request, peer) => this.#answer(request, peer, port));
      }
      this.#note('reconfiguring');
    } catch (error) {
      if (!(error instanceof ConfigurationProblem)) throw error;
      this.#logs.error(this.#configuration.main, 'emerg', this.#process.pid, error.message);
    }
  }

  #tellEnd(signal: 'QUIT' | 'TERM' | 'INT'): void {
    const number = { QUIT: 3, TERM: 15, INT: 2 }[signal];
    const worker = this.#worker;
    this.#note(`signal ${number} (SIG${signal}) received, ${signal === 'QUIT' ? 'shutting down' : 'exiting'}`);
    if (signal === 'QUIT') this.#note('gracefully shutting down', worker);
    this.#note('exiting', worker);
    this.#note('exit', worker);
    this.#note(`signal 17 (SIGCHLD) received from ${worker}`);
    this.#note(`worker process ${worker} exited with code 0`);
    this.#note('exit');
  }

  async #answer(request: Request, peer: Exchange['peer'], port: number): Promise<Response> {
    const { version } = this.#running;
    const url = new URL(request.url);
    const uri = requestPath(url.pathname);
    const site = siteFor(this.#configuration, port, url.host);
    if (uri === undefined || site === undefined) return badRequest(version);
    const exchange: Exchange = {
      request,
      peer,
      port,
      host: url.host,
      method: request.method,
      uri,
      query: url.search.slice(1),
      variables: new Map(),
      worker: this.#worker,
      connection: ++this.#connections,
      nowMs: this.#process.kernel.clock.nowMs(),
      serverName: site.names[0] ?? '',
    };
    const scope = locationFor(site, uri)?.scope ?? site.scope;
    const answering = {
      process: this.#process,
      configuration: this.#configuration,
      version,
      tell: (level: string, message: string, about: Exchange) =>
        this.#logs.error(scope, level, this.#worker, `*${about.connection} ${message}${requestContext(about)}`),
    };
    const response = await answer(answering, site, exchange);
    const bodyBytes = request.method === 'HEAD' ? 0 : Number(response.headers.get('content-length') ?? 0);
    this.#logs.access(scope, exchange, { status: response.status, bodyBytes });
    return response;
  }

  #note(message: string, number = this.#process.pid): void {
    this.#logs.error(this.#configuration.main, 'notice', number, message);
  }
}

function badRequest(version: string): Response {
  const fields = [['Server', `nginx/${version}`] as const, ['Content-Type', 'text/html'] as const];
  return serverResponse(400, fields, errorPage(400, `nginx/${version}`));
}
