/** `redis-cli`: asks a Redis server of this container or of one that it reaches, and prints the answer for people or for programs. */
import { concatBytes } from '../../../base/bytes.ts';
import type { Applet } from '../../applets/applet.ts';
import { askServer } from '../../applets/network/exchange.ts';
import type { AppletContext } from '../../applets/context.ts';
import { installedVersion } from '../programs/package-version.ts';
import { readReplies, writeCommands, type Reply } from './reply.ts';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = '6379';
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3})$/;

interface Session {
  readonly context: AppletContext;
  readonly host: string;
  readonly port: number;
  readonly password: string | undefined;
  database: number;
  /** Answers as they are, without quotes and types. */
  readonly isRaw: boolean;
}

interface Arguments {
  readonly values: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
  readonly command: readonly string[];
}

export const redisCli: Applet = {
  names: ['redis-cli'],
  summary: 'Ask a Redis server',
  usage: '[-h HOST] [-p PORT] [-a PASSWORD] [-n DB] [--raw] [--no-raw] [COMMAND [ARG]...]',
  simulated: 'redis-cli: speaks with redis-server of Strata',
  async run(context) {
    const { values, flags, command } = argumentsOf(context.args);
    if (flags.has('-v') || flags.has('--version')) return tellVersion(context);
    const isTerminal = isTerminalAt(context, 1);
    const session: Session = {
      context,
      host: values.get('-h') ?? DEFAULT_HOST,
      port: Number(values.get('-p') ?? DEFAULT_PORT),
      password: values.get('-a') ?? context.env.get('REDISCLI_AUTH'),
      database: Number(values.get('-n') ?? 0),
      isRaw: flags.has('--raw') || (!isTerminal && !flags.has('--no-raw')),
    };
    if (values.has('-a') && !flags.has('--no-auth-warning')) {
      await context.err.write(
        "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
      );
    }
    return command.length > 0 ? ask(session, command) : converse(session, isTerminalAt(context, 0));
  },
};

function isTerminalAt({ process: { descriptors } }: AppletContext, descriptor: number): boolean {
  return descriptors.has(descriptor) && descriptors.get(descriptor).terminal;
}

function argumentsOf(args: readonly string[]): Arguments {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const rest = [...args];
  while (rest[0]?.startsWith('-') === true) {
    const option = rest.shift()!;
    if (['-h', '-p', '-a', '-n', '--pass'].includes(option))
      values.set(option === '--pass' ? '-a' : option, rest.shift() ?? '');
    else flags.add(option);
  }
  return { values, flags, command: rest };
}

async function tellVersion(context: AppletContext): Promise<number> {
  const installed = await installedVersion(context, ['redis-tools', 'redis']);
  await context.out.write(`redis-cli ${installed ?? context.env.get('REDIS_VERSION') ?? '8.0.2'}\n`);
  return 0;
}

/** A command a line, until the end or `quit`. */
async function converse(session: Session, isTerminal: boolean): Promise<number> {
  const { context } = session;
  const prompt = async (): Promise<void> => {
    const database = session.database === 0 ? '' : `[${session.database}]`;
    if (isTerminal) await context.out.write(`${session.host}:${session.port}${database}> `);
    await context.out.flush();
  };
  let status = 0;
  await prompt();
  for await (const line of context.stdin().lines()) {
    const words = wordsOf(line);
    if (words[0] === 'quit' || words[0] === 'exit') return 0;
    if (words.length > 0) status = await ask(session, words);
    await prompt();
  }
  return isTerminal ? 0 : status;
}

async function ask(session: Session, command: readonly string[]): Promise<number> {
  const { context, password, database } = session;
  const before = [
    ...(password === undefined ? [] : [['AUTH', password]]),
    ...(database === 0 ? [] : [['SELECT', String(database)]]),
  ];
  const answered = await exchange(session, writeCommands([...before, command]));
  if (typeof answered === 'string') {
    await context.err.write(`Could not connect to Redis at ${session.host}:${session.port}: ${answered}\n`);
    return 1;
  }
  const reply = readReplies(answered).at(-1);
  if (reply === undefined) return 0;
  if (command[0]?.toLowerCase() === 'select' && reply.kind === 'status') session.database = Number(command[1]);
  const isText = ['info'].includes(command[0]?.toLowerCase() ?? '');
  await context.out.write(session.isRaw || isText ? rawText(reply) : shownText(reply));
  return 0;
}

/** What the server answers, or why there is no answer. */
async function exchange({ context, host, port }: Session, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array | string> {
  const url = new URL(`http://${host}:${port}/`);
  const { process } = context;
  const own = LOOPBACK.test(host) ? process.kernel.listeners.at(port) : undefined;
  if (own !== undefined) {
    const response = await process.waitFor(
      own(new Request(url, { method: 'POST', body }), { address: DEFAULT_HOST, port: 0 }),
    );
    return new Uint8Array(await response.arrayBuffer());
  }
  const question = { url, method: 'POST', headers: [], body, agent: 'redis-cli', followRedirects: false };
  const answer = await askServer(context, question);
  if ('refused' in answer) {
    if (answer.why === 'unresolved') return 'Name or service not known';
    return answer.why === undefined ? answer.refused : 'Connection refused';
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.chunks()) chunks.push(chunk);
  return concatBytes(chunks);
}

/** The words of a typed line; quotes hold words together. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare = '']) => double?.replace(/\\(.)/g, '$1') ?? single ?? bare,
  );
}

/** As programs read it. */
function rawText(reply: Reply): string {
  switch (reply.kind) {
    case 'integer':
      return `${reply.value}\n`;
    case 'nil':
      return '\n';
    case 'array':
      return reply.items.length === 0 ? '\n' : reply.items.map(rawText).join('');
    case 'error':
      return `${reply.text}\n\n`;
    case 'status':
    case 'bulk':
      return `${reply.text}\n`;
  }
}

/** As people read it. */
function shownText(reply: Reply, indent = ''): string {
  switch (reply.kind) {
    case 'status':
      return `${reply.text}\n`;
    case 'error':
      return `(error) ${reply.text}\n`;
    case 'integer':
      return `(integer) ${reply.value}\n`;
    case 'nil':
      return '(nil)\n';
    case 'bulk':
      return `${quoted(reply.text)}\n`;
    case 'array': {
      if (reply.items.length === 0) return '(empty array)\n';
      const width = String(reply.items.length).length;
      return reply.items
        .map((item, at) => {
          const number = `${String(at + 1).padStart(width)}) `;
          return (at === 0 ? '' : indent) + number + shownText(item, indent + ' '.repeat(number.length));
        })
        .join('');
    }
  }
}

function quoted(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' };
  return `"${text.replace(/[\n\r\t"\\]/g, (character) => escapes[character]!)}"`;
}
