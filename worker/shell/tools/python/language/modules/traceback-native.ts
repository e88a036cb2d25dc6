/** `_traceback`: what the interpreter itself prints of an exception. */
import { ExceptionObject, typeError } from '../objects/exceptions.ts';
import type { Value } from '../objects/values.ts';
import { plain } from '../machine/native.ts';
import { formatException, formatOnly } from '../machine/traceback.ts';
import type { BundledModule } from './index.ts';

function own(value: Value | undefined): ExceptionObject {
  if (value instanceof ExceptionObject) return value;
  throw typeError('Exception expected for value');
}

export const tracebackNative: BundledModule = {
  kind: 'native',
  make: (machine) =>
    [
      plain('format_exception(exception, /)', ([value]) => formatException(own(value), machine)),
      plain('format_only(exception, /)', ([value]) => formatOnly(own(value), machine)),
    ].map((one) => [one.name, one] as const),
};
