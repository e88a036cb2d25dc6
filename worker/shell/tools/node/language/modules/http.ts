/** `http`: servers that the container's ports lead to, and requests by its network. */
import { askServer } from '../../../../applets/network/exchange.ts';
import { fieldsOf, httpDate, reasonOf, serverResponse, type Field } from '../../../../http/head.ts';
import { listenAt } from '../../../../http/serving.ts';
import { isObject, type Obj } from '../callable.ts';
import { Thrown, type Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import type { NodeHost } from '../runtime/host.ts';
import { bytesOfData } from './buffer-bytes.ts';
import { createBuffer } from './buffer.ts';
import { HTTP_SOURCE } from './http-source.ts';
import type { BuiltinModule } from './module.ts';

export const http: BuiltinModule = { create: createBinding, source: HTTP_SOURCE };

function createBinding(host: NodeHost): Obj {
  const { realm, loop } = host;
  const binding = realm.object();
  realm.natives(binding, {
    reason: [1, (_self, [status]) => reasonOf(Number(status))],
    listen: [2, (_self, [port, handler]) => listen(host, Number(port), handler)],
    ask: [
      4,
      (_self, [url, method, headers, body]) => {
        const promise = realm.promises.create();
        loop.background(
          ask(host, textOf(url), textOf(method), headers, body),
          (answer) => () =>
            realm.promises.resolve(
              promise,
              realm.object({
                ...answer,
                headers: realm.object(answer.headers),
                body: createBuffer(realm, answer.body),
              }),
            ),
          (error) => () => {
            if (!(error instanceof Thrown)) throw error;
            realm.promises.reject(promise, error.value);
            return undefined;
          },
        );
        return promise;
      },
    ],
  });
  return binding;
}

/** Listens; gives what stops it, or nothing where another listens. `handler` gets what was asked, and a function for the answer. */
function listen(host: NodeHost, port: number, handler: Value): Value {
  const { realm, context, loop } = host;
  const { process } = context;
  let isOpen = true;
  const serve = async (request: Request): Promise<Response> => {
    if (!isOpen) return serverResponse(502, [], null);
    const body = new Uint8Array(await request.arrayBuffer());
    return new Promise((resolve) => {
      loop.arrive(() => {
        const { pathname, search, host: name } = new URL(request.url);
        const asked = realm.object({
          method: request.method,
          url: pathname + search,
          headers: realm.object({ host: name, ...Object.fromEntries(request.headers) }),
          body: createBuffer(realm, body),
        });
        const answer = realm.native('answer', 3, (_self, [status, fields, data]) => {
          resolve(responseOf(host, request, Number(status), fields, data));
          return undefined;
        });
        return realm.invoke(handler, undefined, [asked, answer]);
      });
    });
  };
  if (!listenAt(process, port, serve)) return undefined;
  const release = loop.hold();
  return realm.native('close', 0, () => {
    isOpen = false;
    process.kernel.listeners.close(port, process);
    release();
    return undefined;
  });
}

function responseOf({ context }: NodeHost, request: Request, status: number, fields: Value, data: Value): Response {
  const body = bytesOfData(data);
  const given: Field[] = Array.from(fields as ArrayLike<readonly [Value, Value]>, ([name, value]): Field => [
    textOf(name),
    textOf(value),
  ]);
  const has = (name: string): boolean => given.some(([known]) => known.toLowerCase() === name);
  if (!has('date')) given.push(['Date', httpDate(context.process.kernel.clock.nowMs())]);
  if (!has('connection')) given.push(['Connection', 'keep-alive']);
  if (!has('content-length') && !has('transfer-encoding')) given.push(['Content-Length', String(body.byteLength)]);
  return serverResponse(status, given, request.method === 'HEAD' ? null : body);
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

async function ask(
  { realm, context }: NodeHost,
  address: string,
  method: string,
  headers: Value,
  body: Value,
): Promise<Answer> {
  const url = new URL(address);
  const given = isObject(headers) ? Object.keys(headers).map((name) => [name, textOf(headers[name])] as const) : [];
  const answer = await askServer(context, {
    url,
    method,
    headers: given,
    body: body === undefined ? undefined : bytesOfData(body).slice(),
    agent: 'node',
    followRedirects: false,
  });
  if ('refused' in answer) {
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    const error =
      answer.why === 'unresolved'
        ? realm.makeError('Error', `getaddrinfo ENOTFOUND ${url.hostname}`, {
            errno: -3008,
            code: 'ENOTFOUND',
            syscall: 'getaddrinfo',
            hostname: url.hostname,
          })
        : answer.why === 'refused'
          ? realm.makeError('Error', `connect ECONNREFUSED ${url.hostname}:${port}`, {
              errno: -111,
              code: 'ECONNREFUSED',
              syscall: 'connect',
              address: url.hostname,
              port: Number(port),
            })
          : realm.makeError('Error', `Strata: ${answer.refused}`, { code: 'ENETUNREACH' });
    throw new Thrown(error, undefined);
  }
  const parts: Uint8Array[] = [];
  for await (const chunk of answer.chunks()) parts.push(chunk.slice());
  const { response } = answer;
  return {
    status: response.status,
    headers: Object.fromEntries(fieldsOf(response).map(([name, value]) => [name.toLowerCase(), value])),
    body: new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer()),
  };
}
