/** `process.stdout` and `process.stderr`. */
import type { AppletContext } from '../../../../applets/context.ts';
import type { Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import type { Realm } from '../realm.ts';
import { Listeners } from './emitter.ts';
import { calling, type EventLoop } from './event-loop.ts';
import type { ProgramOutput } from './output.ts';

/** What programs are told of a terminal, whose real size the worker does not know. */
const COLUMNS = 80;
const ROWS = 24;

export function createOutputStream(
  realm: Realm,
  context: AppletContext,
  output: ProgramOutput,
  descriptor: 1 | 2,
  loop: EventLoop,
): Obj {
  const stream = realm.object({ fd: descriptor, writable: true });
  const { terminal } = context.process.descriptors.get(descriptor);
  if (terminal) Object.assign(stream, { isTTY: true, columns: COLUMNS, rows: ROWS });
  new Listeners(realm, stream, () => undefined);
  const write = (data: Value): void => {
    if (typeof data === 'string') output.write(descriptor, data);
    else if (ArrayBuffer.isView(data))
      output.write(descriptor, new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength).slice());
    else
      realm.fail('TypeError', 'The "chunk" argument must be of type string or an instance of Buffer or Uint8Array.', {
        code: 'ERR_INVALID_ARG_TYPE',
      });
  };
  const finish = (args: readonly Value[]): boolean => {
    const callback = args.find((one) => typeof one === 'function');
    if (callback !== undefined) loop.ticks.push(calling(realm, callback, stream, []));
    return true;
  };
  realm.natives(stream, {
    write: [
      3,
      (_self, args) => {
        write(args[0]);
        return finish(args);
      },
    ],
    end: [
      3,
      (_self, args) => {
        if (args[0] !== undefined && typeof args[0] !== 'function') write(args[0]);
        return finish(args);
      },
    ],
    getWindowSize: [0, () => [COLUMNS, ROWS]],
    hasColors: [0, () => false],
    getColorDepth: [0, () => 1],
    cursorTo: [2, () => true],
    clearLine: [1, () => true],
  });
  return stream;
}
