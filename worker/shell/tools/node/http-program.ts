/**
 * Node servers of the size of a hello world: `http.createServer` with a handler that sets a status and headers and ends with a text.
 * Statements of the handler run as those of any small script; what is more than that answers 500 and is told.
 */
import type { AppletContext } from '../../applets/context.ts';
import { httpDate, serverResponse, type Field } from '../../http/head.ts';
import { descriptorLog, listenAt, untilSignal } from '../../http/serving.ts';
import { evaluateExpression, shown, type ScriptValue } from '../programs/simple-expression.ts';
import { runSimpleScript, type FurtherStatement } from '../programs/simple-script.ts';

type Variables = ReadonlyMap<string, ScriptValue>;

/** What a script said of its server. */
interface NodeServer {
  /** Names of the handler's two parameters, and its statements. */
  readonly request: string;
  readonly response: string;
  readonly body: string;
  readonly variables: Variables;
  port: number | undefined;
  /** Statements to run once it listens. */
  greeting: string;
}

const IMPORT =
  /^(?:(?:const|let|var)\s+\{?\s*\w+\s*\}?\s*=\s*require\(\s*['"](?:node:)?http['"]\s*\)|import\s+(?:\*\s+as\s+)?\{?\s*\w+\s*\}?\s+from\s+['"](?:node:)?http['"])$/;
const CREATE =
  /^(?:(?:const|let|var)\s+(\w+)\s*=\s*)?(?:\w+\.)?createServer\(\s*(?:async\s*)?(?:function\s*\w*\s*)?\(\s*(\w+)\s*,\s*(\w+)\s*\)\s*(?:=>)?\s*\{([\s\S]*)\}\s*\)(?:\.listen\(([\s\S]*)\))?$/;
const LISTEN = /^(\w+)\.listen\(([\s\S]*)\)$/;
const CALLBACK = /,\s*(?:function\s*)?\(\s*\)\s*(?:=>)?\s*(?:\{([\s\S]*)\}|([\s\S]+))$/;

/** Understands the statements of a server, beside those of small scripts. */
export function serverStatements(environment: ReadonlyMap<string, string>) {
  let server: NodeServer | undefined;
  const listen = (words: string, variables: Variables): void => {
    if (server === undefined) return;
    const [, block, expression] = CALLBACK.exec(words) ?? [];
    server.greeting = block ?? expression ?? '';
    const [port] = evaluateExpression(words.replace(/,[\s\S]*$/, ''), 'javascript', variables, false);
    server.port = port === undefined ? undefined : Number(shown(port, 'javascript'));
  };
  const further: FurtherStatement = (text, variables) => {
    if (IMPORT.test(text)) return true;
    const created = CREATE.exec(text);
    if (created !== null) {
      const [, , request = '', response = '', body = '', listened] = created;
      server = { request, response, body, variables, port: undefined, greeting: '' };
      if (listened !== undefined) listen(listened, variables);
      return true;
    }
    const [, , words] = LISTEN.exec(text) ?? [];
    if (words === undefined || server === undefined) return false;
    listen(words, variables);
    return true;
  };
  return {
    further,
    /** The script with what the environment says in place of `process.env`. */
    prepare: (source: string): string =>
      source.replace(
        /process\.env\.(\w+)(?:\s*(?:\|\||\?\?)\s*([^;,)\n]+))?/g,
        (all: string, name: string, fallback?: string) => {
          const value = environment.get(name);
          if (value === undefined) return fallback ?? all;
          return value === '' ? (fallback ?? "''") : JSON.stringify(value);
        },
      ),
    /** The server that listens; undefined where the script made none. */
    listening: (): NodeServer | undefined => (server?.port === undefined ? undefined : server),
  };
}

/** Answers requests until the process is killed: Node minds no SIGTERM unless its program does. */
export async function serveNode(context: AppletContext, server: NodeServer): Promise<number> {
  const { process } = context;
  const { port = 0 } = server;
  const log = descriptorLog(process, 2);
  const listening = listenAt(process, port, async (request) => {
    const answered = answerOf(server, request);
    if (answered.problem !== undefined) log.write(`strata: ${answered.problem}: this needs a real Node`);
    const fields: readonly Field[] = [
      ...answered.fields,
      ['Date', httpDate(process.kernel.clock.nowMs())],
      ['Connection', 'keep-alive'],
      ['Content-Length', String(new TextEncoder().encode(answered.text).byteLength)],
    ];
    return serverResponse(answered.status, fields, request.method === 'HEAD' ? null : answered.text);
  });
  if (!listening) {
    await context.err.write(`Error: listen EADDRINUSE: address already in use :::${port}\n`);
    return 1;
  }
  const { stdout, stderr } = runSimpleScript(server.greeting, 'javascript', { variables: server.variables });
  await context.out.write(stdout);
  await context.out.flush();
  await context.err.write(stderr);
  await untilSignal(process, []);
  return 0;
}

interface NodeAnswer {
  readonly status: number;
  readonly fields: readonly Field[];
  readonly text: string;
  readonly problem: string | undefined;
}

function answerOf({ request, response, body, variables }: NodeServer, asked: Request): NodeAnswer {
  const { pathname, search } = new URL(asked.url);
  const answer = { status: 200, fields: new Map<string, string>(), text: '' };
  const own = new Map(variables)
    .set('requestUrl', { kind: 'text', value: pathname + search })
    .set('requestMethod', { kind: 'text', value: asked.method });
  const source = body.replaceAll(`${request}.url`, 'requestUrl').replaceAll(`${request}.method`, 'requestMethod');
  const pattern = new RegExp(`^${response}\\.(\\w+)\\s*(?:=\\s*([\\s\\S]+)|\\(([\\s\\S]*)\\))$`);
  const further: FurtherStatement = (text, known) => {
    const [, member = '', assigned, words] = pattern.exec(text) ?? [];
    const values = (list: string): string[] =>
      list.trim() === ''
        ? []
        : evaluateExpression(`(${list})`, 'javascript', known, true).map((value) => shown(value, 'javascript'));
    switch (member) {
      case 'statusCode':
        answer.status = Number(values(assigned ?? '200')[0]);
        return true;
      case 'setHeader': {
        const [name = '', value = ''] = values(words ?? '');
        answer.fields.set(name, value);
        return true;
      }
      case 'writeHead': {
        const [, status = '200', pairs = ''] = /^\s*([^,{]+?)\s*(?:,\s*\{([\s\S]*)\})?\s*$/.exec(words ?? '') ?? [];
        answer.status = Number(values(status)[0]);
        for (const [, name = '', value = ''] of pairs.matchAll(/['"]?([\w-]+)['"]?\s*:\s*('[^']*'|"[^"]*"|\w+)/g))
          answer.fields.set(name, values(value)[0] ?? '');
        return true;
      }
      case 'write':
      case 'end':
        answer.text += values(words ?? '').join('');
        return true;
      default:
        return false;
    }
  };
  const { beyond } = runSimpleScript(source, 'javascript', { variables: own, further });
  const problem = beyond === undefined ? undefined : beyond.text.slice(0, 120);
  const { status, fields, text } =
    problem === undefined ? answer : { ...answer, status: 500, text: 'Internal Server Error' };
  return { status, fields: [...fields], text, problem };
}
