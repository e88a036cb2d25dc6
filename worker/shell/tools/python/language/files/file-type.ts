/** Methods of files. */
import { className, textOf } from '../objects/classes.ts';
import { Bytes, List } from '../objects/containers.ts';
import { raised, typeError } from '../objects/exceptions.ts';
import type { Value } from '../objects/values.ts';
import { toArray } from '../machine/iteration.ts';
import { StepIterator } from '../machine/iterators.ts';
import { methods } from '../machine/native.ts';
import type { Steps } from '../machine/steps.ts';
import { smallIndex } from '../machine/truth.ts';
import { binaryFileType, File, onFile, textFileType } from './open.ts';

function own(value: Value | undefined): File {
  if (!(value instanceof File)) throw typeError('not a file');
  return value;
}

function readable(value: Value | undefined): File {
  const file = own(value);
  file.checkOpen();
  if (!file.isReadable) throw raised('UnsupportedOperation', 'not readable');
  return file;
}

function* nextLine(file: File): Steps<Value | undefined> {
  const line = yield* onFile(file.readLine());
  return line === '' || (line instanceof Bytes && line.data.length === 0) ? undefined : line;
}

function* write(value: Value | undefined, text: Value): Steps<Value> {
  const file = own(value);
  file.checkOpen();
  if (!file.isWritable) throw raised('UnsupportedOperation', 'not writable');
  if (file.isBinary && !(text instanceof Bytes))
    throw typeError(`a bytes-like object is required, not '${className(text)}'`);
  if (!file.isBinary && textOf(text) === undefined)
    throw typeError(`write() argument must be str, not ${className(text)}`);
  yield* onFile(file.write(text));
  return text instanceof Bytes ? text.data.length : (textOf(text) ?? '').length;
}

for (const type of [textFileType, binaryFileType])
  methods(
    type,
    {
      'readable()': ([self]) => own(self).isReadable,
      'writable()': ([self]) => own(self).isWritable,
      'seekable()': () => true,
      'isatty()': () => false,
      'fileno()': () => 3,
      'tell()': ([self]) => own(self).tell(),
      '__enter__()': ([self]) => {
        own(self).checkOpen();
        return self!;
      },
      '__iter__()': ([self]) => {
        const file = readable(self);
        return new StepIterator(() => nextLine(file));
      },
    },
    {
      *'read(size=)'([self, size = null], machine) {
        const count = size === null ? -1 : smallIndex(size, machine);
        return (yield* onFile(readable(self).read(count < 0 ? undefined : count))) ?? null;
      },
      *'readline(size=)'([self]) {
        return (yield* onFile(readable(self).readLine())) ?? null;
      },
      *'readlines()'([self]) {
        const lines: Value[] = [];
        const file = readable(self);
        for (let line = yield* nextLine(file); line !== undefined; line = yield* nextLine(file)) lines.push(line);
        return new List(lines);
      },
      *'__next__()'([self]) {
        const line = yield* nextLine(readable(self));
        if (line === undefined) throw raised('StopIteration');
        return line;
      },
      *'write(text)'([self, text]) {
        return yield* write(self, text!);
      },
      *'writelines(lines)'([self, lines], machine) {
        for (const line of yield* toArray(lines!, machine)) yield* write(self, line);
        return null;
      },
      *'flush()'([self]) {
        yield* onFile(own(self).flush());
        return null;
      },
      *'close()'([self]) {
        yield* onFile(own(self).close());
        return null;
      },
      *'seek(offset, whence=)'([self, offset, whence = 0], machine) {
        return (yield* onFile(own(self).seek(smallIndex(offset!, machine), smallIndex(whence, machine)))) ?? 0;
      },
      *'truncate(size=)'([self, size = null], machine) {
        return (yield* onFile(own(self).truncate(size === null ? undefined : smallIndex(size, machine)))) ?? 0;
      },
      *'__exit__(*args)'([self]) {
        yield* onFile(own(self).close());
        return null;
      },
    },
  );
