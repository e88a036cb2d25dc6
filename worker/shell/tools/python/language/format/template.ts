/** `str.format`: fields in braces by position or name, with attributes, items, conversions and specifications. */
import { textOf } from '../objects/classes.ts';
import { Dict } from '../objects/containers.ts';
import { raised, valueError } from '../objects/exceptions.ts';
import type { Value } from '../objects/values.ts';
import { getAttribute } from '../machine/attributes.ts';
import type { Machine } from '../machine/machine.ts';
import { repr, str } from '../machine/representation.ts';
import { builtinItem } from '../machine/subscripts.ts';
import { asciiRepr } from './ascii.ts';
import { formatValue } from './format-value.ts';

export function formatTemplate(template: string, args: readonly Value[], named: Value, machine: Machine): string {
  let automatic = 0;
  const first = (name: string): Value => {
    if (name === '' || /^\d+$/.test(name)) {
      const index = name === '' ? automatic++ : Number(name);
      const value = args[index];
      if (value === undefined)
        throw raised('IndexError', `Replacement index ${index} out of range for positional args tuple`);
      return value;
    }
    const value = named instanceof Dict ? named.get(name) : builtinItem(named, name, machine);
    if (value !== undefined) return value;
    const missing = named instanceof Dict ? named.cls.find('__missing__') : undefined;
    if (missing !== undefined) return machine.callNow(missing, [named, name]);
    throw raised('KeyError', name);
  };
  const field = (body: string): string => {
    const [, name = '', conversion, spec = ''] =
      /^((?:[^![:\]]|\[[^\]]*\])*)(?:!([rsa]))?(?::([\s\S]*))?$/.exec(body) ?? [];
    const value = follow(name, first, machine);
    const text =
      conversion === 'r'
        ? repr(value, machine)
        : conversion === 's'
          ? str(value, machine)
          : conversion === 'a'
            ? asciiRepr(value, machine)
            : value;
    return formatValue(text, expand(spec), machine);
  };
  const expand = (text: string): string => {
    let out = '';
    for (let at = 0; at < text.length; at++) {
      const sign = text[at]!;
      if ((sign === '{' || sign === '}') && text[at + 1] === sign) {
        out += sign;
        at++;
      } else if (sign === '}') throw valueError("Single '}' encountered in format string");
      else if (sign !== '{') out += sign;
      else {
        const end = closing(text, at);
        out += field(text.slice(at + 1, end));
        at = end;
      }
    }
    return out;
  };
  return expand(template);
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  throw valueError(
    open === text.length - 1 ? "Single '{' encountered in format string" : "expected '}' before end of string",
  );
}

/** The value of `0.name[key]`. */
function follow(name: string, first: (name: string) => Value, machine: Machine): Value {
  const [, base = '', rest = ''] = /^([^.[]*)(.*)$/s.exec(name) ?? [];
  let value = first(base);
  for (const [, attribute, item] of rest.matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
    if (attribute !== undefined) value = machine.stepNow(getAttribute(value, attribute));
    else {
      const key = /^\d+$/.test(item ?? '') ? Number(item) : (item ?? '');
      value = builtinItem(value, key, machine) ?? null;
    }
  }
  return textOf(value) ?? value;
}
