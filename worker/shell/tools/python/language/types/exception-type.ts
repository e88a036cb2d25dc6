/** Methods of exceptions. */
import { nameText } from '../objects/classes.ts';
import { Dict, List, Property, Tuple } from '../objects/containers.ts';
import {
  baseExceptionType,
  ExceptionObject,
  exceptionType,
  stopIterationType,
  systemExitType,
  typeError,
} from '../objects/exceptions.ts';

import { TypeObject, type Value } from '../objects/values.ts';
import { methods, plain } from '../machine/native.ts';
import { builtinRepr, exceptionText } from '../machine/representation.ts';
import { CLASS_OF_NUMBER } from '../files/system-errors.ts';
import { TracebackObject } from '../machine/introspection.ts';

function own(value: Value | undefined): ExceptionObject {
  if (value instanceof ExceptionObject) return value;
  throw typeError('not an exception');
}

methods(baseExceptionType, {
  '__new__(cls, *args, **keywords)': ([cls, args, named]) => {
    const type = cls instanceof TypeObject ? cls : baseExceptionType;
    const given = args instanceof Tuple ? args : new Tuple([]);
    const made = new ExceptionObject(specialised(type, given), given);
    describeSystemError(made);
    if (named instanceof Dict && type.isSubclassOf(exceptionType('ImportError')))
      for (const { key, value } of named.entries.values()) made.attributes.set(nameText(key), value);
    return made;
  },
  '__init__(*args, **keywords)': ([self, args]) => {
    if (args instanceof Tuple) own(self).args = args;
    return null;
  },
  '__str__()': ([self], machine) => exceptionText(own(self), machine),
  '__repr__()': ([self], machine) => builtinRepr(own(self), machine),
  'with_traceback(tb)': ([self, traceback]) => {
    if (traceback instanceof TracebackObject) own(self).traceback = [...traceback.entries];
    return self!;
  },
  'add_note(note)': ([self, note]) => {
    const { attributes } = own(self);
    const notes = attributes.get('__notes__');
    if (notes instanceof List) notes.items.push(note!);
    else attributes.set('__notes__', new List([note!]));
    return null;
  },
});

/** `OSError(2, '…')` is a FileNotFoundError. */
function specialised(type: TypeObject, args: Tuple): TypeObject {
  const [number] = args.items;
  const name =
    type.name === 'OSError' && args.items.length > 1 && typeof number === 'number'
      ? CLASS_OF_NUMBER.get(number)
      : undefined;
  return name === undefined ? type : exceptionType(name);
}

function describeSystemError(made: ExceptionObject): void {
  if (!made.cls.isSubclassOf(exceptionType('OSError'))) return;
  const [number = null, text = null, file = null] = made.args.items;
  if (made.args.items.length < 2) {
    for (const name of ['errno', 'strerror', 'filename']) made.attributes.set(name, null);
    return;
  }
  made.attributes.set('errno', number);
  made.attributes.set('strerror', text);
  made.attributes.set('filename', file);
  made.args = new Tuple([number, text]);
}

function reads(type: TypeObject, name: string, get: (self: ExceptionObject) => Value): void {
  type.set(
    name,
    new Property(
      plain(`${name}(self, /)`, ([self]) => get(own(self))),
      null,
      null,
    ),
  );
}

reads(stopIterationType, 'value', ({ args }) => args.items[0] ?? null);
reads(systemExitType, 'code', ({ args }) => (args.items.length > 1 ? args : (args.items[0] ?? null)));
