/** `httpd`, `apache2` and what starts them: serves files as the configuration says, and logs as Apache does. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import {
  accessTime,
  fileLog,
  listenAt,
  logsWritten,
  requestLine,
  untilSignal,
  type LineLog,
} from '../../http/serving.ts';
import type { Process } from '../../kernel/process.ts';
import { readText } from '../placing.ts';
import { installedVersion } from '../programs/package-version.ts';
import { switchApache } from './switches.ts';
import { answer } from './answer.ts';
import { readConfiguration, type ApacheConfiguration } from './configuration.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

export const apache: Applet = {
  names: [
    'httpd',
    'apache2',
    'apachectl',
    'apache2ctl',
    'httpd-foreground',
    'a2enmod',
    'a2dismod',
    'a2ensite',
    'a2dissite',
    'a2enconf',
    'a2disconf',
  ],
  summary: 'Web server: files, listings, redirections',
  usage: '[-t] [-v] [-D FOREGROUND]',
  async run(context) {
    const { args, name } = context;
    if (/^a2/.test(name)) return switchApache(context);
    const version =
      (await installedVersion(context, ['apache2', 'apache2-bin'])) ?? context.env.get('HTTPD_VERSION') ?? '2.4.62';
    const isDebian = context.files.find('/etc/apache2/apache2.conf') !== undefined;
    const server = `Apache/${version} (${isDebian ? 'Debian' : 'Unix'})`;
    if (args.some((word) => /^(?:-v|-V|-version)$/.test(word))) {
      await context.out.write(`Server version: ${server}\n`);
      return 0;
    }
    const configuration = await readConfiguration(context);
    if (configuration.problem !== undefined) {
      await context.err.write(`AH00526: Syntax error on line 1 of configuration:\n${configuration.problem}\n`);
      return 1;
    }
    await tellName(context, configuration);
    if (args.includes('-t') || args.includes('configtest')) {
      await context.err.write('Syntax OK\n');
      return 0;
    }
    const foreground = name === 'httpd-foreground' || /FOREGROUND/i.test(args.join(' '));
    const process = foreground ? context.process : context.process.kernel.fork(context.process);
    const run = await start(context, process, configuration, server);
    if (run === undefined) return 1;
    if (foreground) return run();
    context.process.kernel.start(process, run);
    return 0;
  },
};

/** Apache wants to know its own name, and says so where nobody told it. */
async function tellName(context: AppletContext, { serverName }: ApacheConfiguration): Promise<void> {
  if (serverName !== undefined) return;
  const { hostname } = context.process.kernel;
  const hosts = (await readText(context, '/etc/hosts')) ?? '';
  const line = hosts.split('\n').find((one) => one.split(/\s+/).slice(1).includes(hostname));
  const address = line?.split(/\s+/, 1)[0] ?? '127.0.0.1';
  const program = context.name === 'apache2' || context.name === 'apache2ctl' ? 'apache2' : 'httpd';
  await context.err.write(
    `AH00558: ${program}: Could not reliably determine the server's fully qualified domain name, using ${address}. Set the 'ServerName' directive globally to suppress this message\n`,
  );
}

/** Listens; gives what waits for the end. Undefined, with a message, where a port is taken. */
async function start(
  context: AppletContext,
  process: Process,
  configuration: ApacheConfiguration,
  server: string,
): Promise<(() => Promise<number>) | undefined> {
  const errors = await fileLog(context, configuration.errorLog);
  const accesses = await fileLog(context, configuration.accessLog);
  const tell = (module: string, message: string): void => {
    errors.write(
      `[${errorTime(process.kernel.clock.nowMs())}] [${module}] [pid ${process.pid}:tid ${process.pid}] ${message}`,
    );
  };
  for (const port of configuration.ports) {
    const listening = listenAt(process, port, async (request, peer) => {
      const about = (module: string, message: string): void =>
        tell(module, `[client ${peer.address}:${peer.port}] ${message}`);
      const response = await answer({ process, configuration, server, tell: about }, request, port);
      logAccess(accesses, {
        request,
        response,
        address: peer.address,
        nowMs: process.kernel.clock.nowMs(),
        combined: configuration.combined,
      });
      return response;
    });
    if (listening) continue;
    await context.err.write(
      `(98)Address already in use: AH00072: make_sock: could not bind to address [::]:${port}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
    );
    return undefined;
  }
  tell('mpm_event:notice', `AH00489: ${server} configured -- resuming normal operations`);
  tell('core:notice', "AH00094: Command line: 'httpd -D FOREGROUND'");
  return async () => {
    const signal = await untilSignal(process, ['WINCH', 'TERM', 'INT']);
    if (signal === 'WINCH') tell('mpm_event:notice', 'AH00492: caught SIGWINCH, shutting down gracefully');
    else tell('mpm_event:notice', 'AH00491: caught SIGTERM, shutting down');
    await logsWritten(process);
    return 0;
  };
}

interface Access {
  readonly request: Request;
  readonly response: Response;
  readonly address: string;
  readonly nowMs: number;
  /** With referrer and user agent. */
  readonly combined: boolean;
}

function logAccess(log: LineLog, { request, response, address, nowMs, combined }: Access): void {
  const bytes = request.method === 'HEAD' ? '-' : (response.headers.get('content-length') ?? '-');
  const line = `${address} - - [${accessTime(nowMs)}] "${requestLine(request)}" ${response.status} ${bytes}`;
  const header = (name: string): string => request.headers.get(name) ?? '-';
  log.write(combined ? `${line} "${header('referer')}" "${header('user-agent')}"` : line);
}

/** `Sat Nov 21 19:10:06.123000 2026`. */
function errorTime(ms: number): string {
  const date = new Date(ms);
  const [, , month = '', year = ''] = date.toUTCString().split(' ');
  const day = String(date.getUTCDate()).padStart(2, '0');
  const time = date.toISOString().slice(11, 23);
  return `${DAYS[date.getUTCDay()] ?? ''} ${month} ${day} ${time}000 ${year}`;
}
