/** Methods of generators, coroutines and of Strata's own iterators. */
import { coroutineType, EMPTY_TUPLE, generatorType } from '../objects/containers.ts';
import { ExceptionObject, exceptionType, raised, Raised, typeError } from '../objects/exceptions.ts';
import { TypeObject, type Value } from '../objects/values.ts';
import { GeneratorObject } from '../machine/frames.ts';
import { iteratorType } from '../machine/iterators.ts';
import { methods } from '../machine/native.ts';
import { call, next, Send, type Steps } from '../machine/steps.ts';

function generatorOf(value: Value | undefined): GeneratorObject {
  if (value instanceof GeneratorObject) return value;
  throw typeError('not a generator');
}

function* nextItem(self: Value): Steps<Value> {
  const item = yield* next(self);
  if (item === undefined) throw raised('StopIteration');
  return item;
}

for (const type of [generatorType, coroutineType])
  methods(
    type,
    { '__iter__()': ([self]) => self!, '__await__()': ([self]) => self! },
    {
      *'__next__()'([self]) {
        return yield* send(generatorOf(self), null);
      },
      *'send(value)'([self, value]) {
        return yield* send(generatorOf(self), value!);
      },
      *'throw(type, value=, traceback=)'([self, type, value]) {
        const generator = generatorOf(self);
        const made =
          type instanceof TypeObject ? yield* call(type, value === undefined || value === null ? [] : [value]) : type;
        if (!(made instanceof ExceptionObject)) throw typeError('exceptions must derive from BaseException');
        generator.thrown = made;
        return yield* send(generator, null);
      },
      *'close()'([self]) {
        const generator = generatorOf(self);
        if (generator.state === 'new' || generator.state === 'finished') {
          generator.state = 'finished';
          return null;
        }
        const exit = new ExceptionObject(exceptionType('GeneratorExit'), EMPTY_TUPLE);
        generator.thrown = exit;
        try {
          yield* send(generator, null);
        } catch (error) {
          if (error instanceof Raised && ['GeneratorExit', 'StopIteration'].includes(error.exception.cls.name))
            return null;
          throw error;
        }
        throw raised('RuntimeError', 'generator ignored GeneratorExit');
      },
    },
  );

function* send(generator: GeneratorObject, value: Value): Steps<Value> {
  return (yield new Send(generator, value)) as Value;
}

methods(
  iteratorType,
  { '__iter__()': ([self]) => self!, '__length_hint__()': () => 0 },
  {
    *'__next__()'([self]) {
      return yield* nextItem(self!);
    },
  },
);
