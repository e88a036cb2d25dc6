/** `_http`: requests to the ports a program listens at, handed to it one after the other. */
import type { Peer } from '../../../../kernel/listeners.ts';
import { serverResponse, type Field } from '../../../../http/head.ts';
import { listenAt } from '../../../../http/serving.ts';
import { textOf } from '../objects/classes.ts';
import { Bytes, dictOfNames, List, Tuple } from '../objects/containers.ts';
import { raised } from '../objects/exceptions.ts';
import type { Value } from '../objects/values.ts';
import type { Machine } from '../machine/machine.ts';
import { plain, stepped } from '../machine/native.ts';
import { wait } from '../machine/steps.ts';
import { smallIndex } from '../machine/truth.ts';
import type { BundledModule } from './index.ts';

interface Waiting {
  readonly number: number;
  readonly request: Request;
  readonly peer: Peer;
}

/** What waits at one port. */
interface Port {
  readonly queue: Waiting[];
  wake: () => void;
}

/** Resolves once a request waits; rejects when the process is killed or interrupted. */
async function nextRequest(port: Port, machine: Machine): Promise<Waiting> {
  for (;;) {
    const first = port.queue.shift();
    if (first !== undefined) return first;
    await machine.process.block((wake) => {
      port.wake = wake;
      return () => (port.wake = () => undefined);
    });
  }
}

async function valueOf({ number, request, peer }: Waiting): Promise<Value> {
  const { pathname, search } = new URL(request.url);
  const body = new Uint8Array(await request.arrayBuffer());
  const headers = dictOfNames(
    [...request.headers].map(
      ([name, value]) => [name.replace(/\b\w/g, (letter) => letter.toUpperCase()), value] as const,
    ),
  );
  return new Tuple([
    number,
    new Tuple([request.method, pathname + search, headers, new Bytes(body)]),
    new Tuple([peer.address, peer.port]),
  ]);
}

export const httpNative: BundledModule = {
  kind: 'native',
  make: () => {
    const ports = new Map<number, Port>();
    const answers = new Map<number, (response: Response) => void>();
    let count = 0;
    const listen = plain('listen(port)', ([number], machine) => {
      const at = smallIndex(number!, machine);
      const port: Port = { queue: [], wake: () => undefined };
      const isFree = listenAt(machine.process, at, (request, peer) => {
        const own = count++;
        port.queue.push({ number: own, request, peer });
        port.wake();
        return new Promise((resolve) => answers.set(own, resolve));
      });
      if (!isFree) throw raised('OSError', 98, 'Address already in use');
      ports.set(at, port);
      return null;
    });
    const accept = stepped('accept(port)', function* ([number], machine) {
      const port = ports.get(smallIndex(number!, machine));
      if (port === undefined) throw raised('OSError', 9, 'Bad file descriptor');
      return yield* wait(nextRequest(port, machine).then(valueOf));
    });
    const respond = plain(
      'respond(number, status, reason, fields, body)',
      ([number, status, , fields, body], machine) => {
        const own = smallIndex(number!, machine);
        const list = fields instanceof List ? fields.items : [];
        const head = list.map((pair): Field => {
          const [name = '', value = ''] = pair instanceof Tuple ? pair.items.map((part) => textOf(part) ?? '') : [];
          return [name, value];
        });
        const data = body instanceof Bytes ? body.data.slice() : new Uint8Array(0);
        const code = smallIndex(status!, machine);
        const isEmpty = code === 204 || code === 304 || data.length === 0;
        answers.get(own)?.(serverResponse(code, head, isEmpty ? null : data));
        answers.delete(own);
        return null;
      },
    );
    return [listen, accept, respond].map((one) => [one.name, one] as const);
  },
};
