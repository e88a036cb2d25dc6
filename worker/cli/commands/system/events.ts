import type { EngineEvent } from '../../../engine/docker/api.ts';
import { parseMoment } from '../../../engine/docker/filters.ts';
import type { JsonValue } from '../../../base/json.ts';
import { isEngineError } from '../../../base/errors.ts';
import { CliError, type Command } from '../../command.ts';
import { gatherFilters } from '../../filters.ts';
import { formatRfc3339Nano, goTimeAt } from '../../format/go-time.ts';
import { OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { executeOnObject } from '../../template/inspect-template.ts';
import { INT64, mapOf, STRING, structField, structType } from '../../template/go-type.ts';
import { parseTemplate } from '../../template/template.ts';

/** What an event is to a template. */
const EVENT = structType('*events.Message', [
  structField('Status', STRING, 'status,omitempty'),
  structField('ID', STRING, 'id,omitempty'),
  structField('From', STRING, 'from,omitempty'),
  structField('Type', STRING),
  structField('Action', STRING),
  structField(
    'Actor',
    structType('events.Actor', [structField('ID', STRING), structField('Attributes', mapOf(STRING, STRING))]),
  ),
  structField('Scope', STRING, 'scope,omitempty'),
  structField('Time', INT64, 'time,omitempty'),
  structField('TimeNano', INT64, 'timeNano,omitempty'),
]);

export const systemEvents: Command = {
  path: ['system', 'events'],
  aliases: [['events']],
  summary: 'Get real time events from the server',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [
    { name: 'filter', short: 'f', kind: 'filter', help: 'Filter output based on conditions provided' },
    { name: 'format', kind: 'string', help: OBJECT_FORMAT_HELP },
    { name: 'since', kind: 'string', help: 'Show all events created since timestamp' },
    { name: 'until', kind: 'string', help: 'Stream events until this timestamp' },
  ],
  async run(context, { flags }) {
    const { docker, shell, job, clock } = context;
    const tell = eventFormat(flags.text('format') ?? '');
    const moment = (name: string): number | undefined => {
      const text = flags.text(name);
      return text === undefined ? undefined : ownMoment(text, clock.nowMs());
    };
    const [sinceMs, untilMs] = [moment('since'), moment('until')];
    let written = Promise.resolve();
    await docker.system.events(
      {
        filters: gatherFilters(flags.list('filter')),
        ...(sinceMs === undefined ? {} : { sinceMs }),
        ...(untilMs === undefined ? {} : { untilMs }),
      },
      (event) => {
        written = written.then(async () => {
          await shell.out.write(`${tell(event)}\n`);
          await shell.out.flush();
        });
      },
      job,
    );
    await written;
    return 0;
  },
};

/** The client reads moments itself. Throws {@link CliError}. */
function ownMoment(text: string, nowMs: number): number {
  try {
    return parseMoment(text, nowMs);
  } catch (error) {
    if (isEngineError(error, 'invalid-argument')) throw new CliError(error.message);
    throw error;
  }
}

function eventFormat(format: string): (event: EngineEvent) => string {
  if (format === '') return eventLine;
  const template = told(() => parseTemplate(format === 'json' ? '{{json .}}' : format));
  return (event) => told(() => executeOnObject(template, EVENT, eventObject(event), false));
}

function told<R>(work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (!isEngineError(error, 'invalid-argument')) throw error;
    throw new CliError(`Error parsing format: ${error.message}`, 64);
  }
}

/** `2026-01-02T03:04:05.000000000Z container start ID (image=busybox, name=web)` */
function eventLine({ Type, Action, Actor, timeMs }: EngineEvent): string {
  const attributes = Object.entries(Actor.Attributes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  const shown = attributes.length === 0 ? '' : ` (${attributes.join(', ')})`;
  return `${paddedTime(timeMs)} ${Type} ${Action} ${Actor.ID}${shown}`;
}

/** Go's RFC 3339 with all nine digits. */
function paddedTime(timeMs: number): string {
  return formatRfc3339Nano(goTimeAt(timeMs)).replace(
    /(?:\.(\d+))?Z$/,
    (_whole, digits = '') => `.${String(digits).padEnd(9, '0')}Z`,
  );
}

function eventObject({ Type, Action, Actor, timeMs }: EngineEvent): JsonValue {
  const legacy = Type === 'container' || Type === 'image' ? { status: Action, id: Actor.ID } : {};
  const from = Type === 'container' ? { from: Actor.Attributes['image'] ?? '' } : {};
  return {
    ...legacy,
    ...from,
    Type,
    Action,
    Actor: { ID: Actor.ID, Attributes: { ...Actor.Attributes } },
    scope: 'local',
    time: Math.floor(timeMs / 1000),
    timeNano: timeMs * 1_000_000,
  };
}
