/** `traceback`: exceptions as text. */
import type { BundledModule } from './index.ts';

export const traceback: BundledModule = {
  kind: 'source',
  source: String.raw`
import sys
from _traceback import format_exception as _format, format_only as _only

def format_exc(limit=None, chain=True):
    error = sys.exception()
    return 'NoneType: None\n' if error is None else _format(error)

def print_exc(limit=None, file=None, chain=True):
    (file or sys.stderr).write(format_exc())

def format_exception(exc, value=None, tb=None, **options):
    return [line + '\n' for line in _format(exc if value is None else value).splitlines()]

def print_exception(exc, value=None, tb=None, limit=None, file=None, chain=True):
    (file or sys.stderr).write(_format(exc if value is None else value))

def format_exception_only(exc, value=None):
    return [_only(exc if value is None else value)]
`,
};
