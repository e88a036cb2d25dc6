/** `b'%s' % value`. */
import { Bytes, Tuple } from '../objects/containers.ts';
import { latin1 } from '../objects/hashing.ts';
import type { Value } from '../objects/values.ts';
import type { Machine } from '../machine/machine.ts';
import { formatPercent } from './percent.ts';

export function formatPercentBytes(template: Bytes, values: Value, machine: Machine): Bytes {
  const asText = (value: Value): Value => (value instanceof Bytes ? latin1(value.data) : value);
  const args = values instanceof Tuple ? new Tuple(values.items.map(asText)) : asText(values);
  const text = formatPercent(latin1(template.data), args, machine);
  return new Bytes(
    Uint8Array.from(text, (sign) => sign.charCodeAt(0)),
    template.cls,
  );
}
