/** `contextlib`: contexts out of generators. */
import type { BundledModule } from './index.ts';

export const contextlib: BundledModule = {
  kind: 'source',
  source: String.raw`
from functools import wraps

class AbstractContextManager:
    def __enter__(self):
        return self
    def __exit__(self, *exc):
        return None

class ContextDecorator:
    def __call__(self, function):
        @wraps(function)
        def inner(*args, **keywords):
            with self:
                return function(*args, **keywords)
        return inner

class _GeneratorContext(ContextDecorator):
    def __init__(self, function, args, keywords):
        self.gen = function(*args, **keywords)
    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None
    def __exit__(self, kind, value, traceback):
        if kind is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.gen.throw(value)
        except StopIteration:
            return True
        except BaseException as error:
            if error is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")

def contextmanager(function):
    @wraps(function)
    def helper(*args, **keywords):
        return _GeneratorContext(function, args, keywords)
    return helper

class suppress:
    def __init__(self, *exceptions):
        self._exceptions = exceptions
    def __enter__(self):
        return None
    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, self._exceptions)

class closing:
    def __init__(self, thing):
        self.thing = thing
    def __enter__(self):
        return self.thing
    def __exit__(self, *exc):
        self.thing.close()

class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result
    def __enter__(self):
        return self.enter_result
    def __exit__(self, *exc):
        return None

class redirect_stdout:
    def __init__(self, target):
        self._target = target
    def __enter__(self):
        import sys
        self._before = sys.stdout
        sys.stdout = self._target
        return self._target
    def __exit__(self, *exc):
        import sys
        sys.stdout = self._before

class ExitStack:
    def __init__(self):
        self._exits = []
    def __enter__(self):
        return self
    def enter_context(self, context):
        value = context.__enter__()
        self._exits.append(context.__exit__)
        return value
    def callback(self, function, *args, **keywords):
        self._exits.append(lambda *exc: function(*args, **keywords) and None)
        return function
    def __exit__(self, *exc):
        result = None
        while self._exits:
            result = self._exits.pop()(*exc)
        return result
`,
};
