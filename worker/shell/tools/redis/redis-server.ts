/** `redis-server`: keeps keys and values in memory, answers redis-cli of this and other containers, and writes dump.rdb when it ends. */
import { concatBytes } from '../../../base/bytes.ts';
import { bodyOf, readBody } from '../../../vfs/body.ts';
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { descriptorLog, listenAt, logsWritten, untilSignal, type LineLog } from '../../http/serving.ts';
import type { Process } from '../../kernel/process.ts';
import { readText } from '../placing.ts';
import { installedVersion } from '../programs/package-version.ts';
import { Databases } from './databases.ts';
import { readReplies, RedisError, writeReply, type Reply } from './reply.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';

const DEFAULT_PORT = 6379;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const STOP_SIGNALS = ['TERM', 'INT'] as const;

/** Settings by their names in redis.conf. */
type Settings = ReadonlyMap<string, string>;

export const redisServer: Applet = {
  names: ['redis-server'],
  summary: 'Key-value store: strings, lists, sets, hashes, sorted sets, for redis-cli',
  usage: '[--version] [FILE] [--SETTING VALUE]...',
  simulated: 'redis-server: its own protocol between containers, common commands',
  async run(context) {
    const version =
      (await installedVersion(context, ['redis-server', 'redis'])) ?? context.env.get('REDIS_VERSION') ?? '8.0.2';
    if (context.args.some((word) => word === '--version' || word === '-v')) {
      await context.out.write(`Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0\n`);
      return 0;
    }
    const settings = await settingsOf(context);
    if (settings.get('daemonize') !== 'yes') return new RedisServer(context, context.process, version, settings).run();
    const { kernel } = context.process;
    const daemon = kernel.fork(context.process);
    const server = new RedisServer(context, daemon, version, settings);
    kernel.start(daemon, () => server.run());
    return 0;
  },
};

/** Those of the configuration file, then those of the command line. */
async function settingsOf(context: AppletContext): Promise<Settings> {
  const [first = ''] = context.args;
  const file = first.startsWith('-') || first === '' ? undefined : first;
  const text = file === undefined ? '' : ((await readText(context, file)) ?? '');
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  const ofFile = lines.filter(([name = '']) => name !== '' && !name.startsWith('#'));
  const ofLine = context.args
    .slice(file === undefined ? 0 : 1)
    .join('\n')
    .split(/(?:^|\n)--/)
    .filter((part) => part !== '')
    .map((part) => part.split('\n'));
  return new Map(
    [...ofFile, ...ofLine].map(([name = '', ...words]) => [
      name.toLowerCase(),
      words.join(' ').replace(/^(["'])(.*)\1$/, '$2'),
    ]),
  );
}

class RedisServer {
  readonly #context: AppletContext;
  readonly #process: Process;
  readonly #version: string;
  readonly #settings: Settings;
  readonly #log: LineLog;
  readonly #port: number;
  readonly #directory: string;
  readonly #fileName: string;
  readonly #databases: Databases;

  constructor(context: AppletContext, process: Process, version: string, settings: Settings) {
    this.#context = context;
    this.#process = process;
    this.#version = version;
    this.#settings = settings;
    this.#log = descriptorLog(process, 1);
    this.#port = Number(settings.get('port') ?? DEFAULT_PORT);
    const save = (): void => this.#save();
    const password = settings.get('requirepass') || undefined;
    this.#directory = settings.get('dir') ?? process.cwd;
    this.#fileName = settings.get('dbfilename') ?? 'dump.rdb';
    const [directory, fileName] = [this.#directory, this.#fileName];
    this.#databases = new Databases(
      { version, pid: process.pid, port: this.#port, password, directory, fileName, save },
      () => process.kernel.clock.nowMs(),
    );
  }

  async run(): Promise<number> {
    this.#tell('C', '*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
    this.#tell(
      'C',
      '*',
      `Redis version=${this.#version}, bits=64, commit=00000000, modified=0, pid=${this.#process.pid}, just started`,
    );
    if (!listenAt(this.#process, this.#port, (request) => this.#answer(request), { hasPages: false })) {
      this.#tell(
        'M',
        '#',
        `Warning: Could not create server TCP listening socket *:${this.#port}: bind: Address already in use`,
      );
      this.#tell('M', '#', `Failed listening on port ${this.#port} (tcp), aborting.`);
      await logsWritten(this.#process);
      return 1;
    }
    this.#tell('M', '*', `Running mode=standalone, port=${this.#port}.`);
    this.#tell('M', '*', 'Server initialized');
    await this.#load();
    this.#tell('M', '*', 'Ready to accept connections tcp');
    const signal = await untilSignal(this.#process, STOP_SIGNALS);
    this.#log.write(
      `${this.#process.pid}:signal-handler (${Math.floor(this.#nowMs / 1000)}) Received SIG${signal} scheduling shutdown...`,
    );
    this.#tell('M', '*', 'User requested shutdown...');
    if (this.#settings.get('save') !== '') this.#saveLast();
    this.#tell('M', '*', 'Redis is now ready to exit, bye bye...');
    await logsWritten(this.#process);
    return 0;
  }

  get #nowMs(): number {
    return this.#process.kernel.clock.nowMs();
  }

  get #file(): string {
    return `${this.#directory.replace(/\/$/, '')}/${this.#fileName}`;
  }

  async #answer(request: Request): Promise<Response> {
    const connection = this.#databases.connect();
    const commands = readReplies(new Uint8Array(await request.arrayBuffer()));
    const replies = commands.map((command) => this.#databases.answer(connection, wordsOf(command)));
    return new Response(concatBytes(replies.map(writeReply)));
  }

  async #load(): Promise<void> {
    if (this.#context.files.find(this.#file)?.inode.kind !== 'file') return;
    try {
      readSnapshot(await readBody(this.#context.files.body(this.#file)), this.#databases.all);
      const count = this.#databases.all.reduce((sum, keys) => sum + keys.keys().length, 0);
      this.#tell('M', '*', `Done loading RDB, keys loaded: ${count}, keys expired: 0.`);
    } catch (error) {
      if (!(error instanceof RedisError)) throw error;
      this.#tell('M', '#', `${error.message}: ${this.#file}`);
    }
  }

  #saveLast(): void {
    this.#tell('M', '*', 'Saving the final RDB snapshot before exiting.');
    this.#save();
    this.#tell('M', '*', 'DB saved on disk');
  }

  #save(): void {
    this.#context.files.writeBody(this.#file, bodyOf(writeSnapshot(this.#databases.all)), 0o644);
  }

  /** `1:M 22 Nov 2026 02:14:00.123 * Server initialized`. */
  #tell(role: 'C' | 'M', level: '*' | '#', text: string): void {
    const now = new Date(this.#nowMs);
    const day = `${String(now.getUTCDate()).padStart(2, '0')} ${MONTHS[now.getUTCMonth()]} ${now.getUTCFullYear()}`;
    this.#log.write(`${this.#process.pid}:${role} ${day} ${now.toISOString().slice(11, 23)} ${level} ${text}`);
  }
}

function wordsOf(command: Reply): readonly string[] {
  return command.kind === 'array' ? command.items.map((item) => (item.kind === 'bulk' ? item.text : '')) : [];
}
