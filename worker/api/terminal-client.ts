/** The page's end of a terminal's port. */
import { transfer } from 'comlink';
import { EngineError, errorFromWire } from '../base/errors.ts';
import type {
  Completion,
  LineOutcome,
  TerminalClient,
  TerminalEvents,
  TerminalReport,
  TerminalRequest,
} from './terminal-types.ts';

interface PendingLine {
  readonly resolve: (outcome: LineOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Opens a terminal on a new port, which `serve` takes to the worker. What is under way rejects with the reason `lost` or `serve` rejects with. */
export function openTerminalPort(
  events: TerminalEvents,
  serve: (port: MessagePort) => Promise<void>,
  lost: Promise<never>,
): TerminalClient {
  const { port1, port2 } = new MessageChannel();
  const questions = new Map<number, (completion: Completion) => void>();
  let pending: PendingLine | undefined;
  let asked = 0;
  let failure: Promise<never> | undefined;
  const settle = (): PendingLine | undefined => {
    const line = pending;
    pending = undefined;
    return line;
  };
  const fail = (error: unknown): void => {
    failure = Promise.reject(error instanceof Error ? error : new EngineError('internal', String(error)));
    failure.catch(() => undefined);
    settle()?.reject(error);
  };
  port1.onmessage = ({ data }: MessageEvent<TerminalReport>) => {
    switch (data.kind) {
      case 'output':
        events.onOutput(data.data);
        break;
      case 'raw':
        events.onRawInput(data.raw);
        break;
      case 'done':
        settle()?.resolve(data.outcome);
        break;
      case 'failed':
        settle()?.reject(errorFromWire(data.error));
        break;
      case 'completion':
        questions.get(data.question)?.(data.completion);
        questions.delete(data.question);
        break;
    }
  };
  const send = (request: TerminalRequest): void => port1.postMessage(request);
  serve(transfer(port2, [port2])).catch(fail);
  lost.catch(fail);
  return {
    runLine(text, changes) {
      if (failure !== undefined) return failure;
      return new Promise((resolve, reject) => {
        pending = { resolve, reject };
        send({ kind: 'line', text, changes });
      });
    },
    input: (data) => send({ kind: 'input', data }),
    interrupt: () => send({ kind: 'interrupt' }),
    resize: (size) => send({ kind: 'resize', size }),
    listImagesAsTree: (tree) => send({ kind: 'image-tree', tree }),
    complete: (text) =>
      new Promise((resolve) => {
        asked += 1;
        questions.set(asked, resolve);
        send({ kind: 'complete', question: asked, text });
      }),
    close() {
      send({ kind: 'close' });
      port1.close();
    },
  };
}
