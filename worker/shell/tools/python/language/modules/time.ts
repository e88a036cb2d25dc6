/** `time`: the container's clock. Times are those of UTC, as in containers without a time zone. */
import { realOf, textOf } from '../objects/classes.ts';
import { builtinType, Float, Tuple, tupleType } from '../objects/containers.ts';
import { typeError, valueError } from '../objects/exceptions.ts';
import { smallInt } from '../objects/integers.ts';
import type { Value } from '../objects/values.ts';
import type { Machine } from '../machine/machine.ts';
import { plain, stepped } from '../machine/native.ts';
import { wait } from '../machine/steps.ts';
import { formatTime, parseTime, partsOfMs, type TimeParts } from './time-format.ts';
import type { BundledModule } from './index.ts';

const structType = builtinType('time.struct_time', [tupleType]);
const NAMES = ['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'];

function structOf(parts: TimeParts): Tuple {
  const { year, month, day, hour, minute, second, weekday, yearday } = parts;
  const values = [year, month, day, hour, minute, second, weekday, yearday, 0];
  const made = new Tuple(values, structType);
  made.attributes = new Map<string, Value>(NAMES.map((name, index) => [name, values[index]!]));
  made.attributes.set('tm_zone', 'UTC');
  return made;
}

function partsFrom(value: Value | undefined, machine: Machine): TimeParts {
  if (value === undefined || value === null) return partsOfMs(machine.process.kernel.clock.nowMs());
  if (!(value instanceof Tuple)) throw typeError('Tuple or struct_time argument required');
  const [year, month, day, hour, minute, second] = value.items.map((item) => Number(item));
  return partsOfMs(Date.UTC(year ?? 1970, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0));
}

export const time: BundledModule = {
  kind: 'native',
  make: (machine) => {
    const { clock } = machine.process.kernel;
    const seconds = (value: Value | undefined): number =>
      value === undefined || value === null ? clock.nowMs() / 1000 : (realOf(value) ?? 0);
    const nanoseconds = (ms: number): Value => smallInt(BigInt(Math.round(ms * 1000)) * 1000n);
    const functions = [
      plain('time()', () => new Float(clock.nowMs() / 1000)),
      plain('time_ns()', () => nanoseconds(clock.nowMs())),
      plain('perf_counter()', () => new Float(clock.monotonicMs() / 1000)),
      plain('perf_counter_ns()', () => nanoseconds(clock.monotonicMs())),
      plain('monotonic()', () => new Float(clock.monotonicMs() / 1000)),
      plain('monotonic_ns()', () => nanoseconds(clock.monotonicMs())),
      plain('process_time()', () => new Float(clock.monotonicMs() / 1000)),
      stepped('sleep(seconds, /)', function* ([value]) {
        const length = realOf(value!);
        if (length === undefined) throw typeError(`'${typeof value}' object cannot be interpreted as an integer`);
        if (length < 0) throw valueError('sleep length must be non-negative');
        yield* wait(machine.process.sleep(length * 1000));
        return null;
      }),
      plain('gmtime(seconds=, /)', ([value]) => structOf(partsOfMs(seconds(value) * 1000))),
      plain('localtime(seconds=, /)', ([value]) => structOf(partsOfMs(seconds(value) * 1000))),
      plain('mktime(tuple, /)', ([value]) => {
        const { year, month, day, hour, minute, second } = partsFrom(value, machine);
        return new Float(Date.UTC(year, month - 1, day, hour, minute, second) / 1000);
      }),
      plain('strftime(format, tuple=, /)', ([format, value]) =>
        formatTime(textOf(format) ?? '', partsFrom(value, machine)),
      ),
      plain('strptime(string, format=, /)', ([text, format = '%a %b %d %H:%M:%S %Y']) =>
        structOf(parsed(textOf(text) ?? '', textOf(format) ?? '')),
      ),
      plain('ctime(seconds=, /)', ([value]) => formatTime('%a %b %e %H:%M:%S %Y', partsOfMs(seconds(value) * 1000))),
      plain('asctime(tuple=, /)', ([value]) => formatTime('%a %b %e %H:%M:%S %Y', partsFrom(value, machine))),
    ];
    return [
      ['timezone', 0],
      ['tzname', new Tuple(['UTC', 'UTC'])],
      ['daylight', 0],
      ['struct_time', structType],
      [
        '_parse',
        plain('_parse(text, format, /)', ([text, format]) => listOf(parsed(textOf(text) ?? '', textOf(format) ?? ''))),
      ],
      ['_format', plain('_format(format, parts, /)', ([format, parts]) => formatParts(textOf(format) ?? '', parts!))],
      ...functions.map((one) => [one.name, one] as const),
    ];
  },
};

function parsed(text: string, format: string): TimeParts {
  const parts = parseTime(text, format);
  if (parts === undefined) throw valueError(`time data '${text}' does not match format '${format}'`);
  if (typeof parts === 'string') throw valueError(parts);
  return parts;
}

function listOf({ year, month, day, hour, minute, second, microsecond }: TimeParts): Tuple {
  return new Tuple([year, month, day, hour, minute, second, microsecond]);
}

/** For `datetime`: year, month, day, hour, minute, second, microsecond and the offset of the zone as text. */
function formatParts(format: string, parts: Value): string {
  const items = parts instanceof Tuple ? parts.items : [];
  const [year, month, day, hour, minute, second, microsecond] = items.map((item) => Number(item));
  const ms = Date.UTC(2000, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0);
  const date = new Date(ms);
  date.setUTCFullYear(year ?? 1970, (month ?? 1) - 1, day ?? 1);
  const zone = textOf(items[7]) ?? '';
  return formatTime(format, {
    ...partsOfMs(date.getTime()),
    microsecond: microsecond ?? 0,
    zone,
    zoneName: textOf(items[8]) ?? '',
  });
}
