/** A build's progress as `--progress rawjson` prints it: each report in JSON, with the fields of BuildKit's `client.SolveStatus`. */
import type { LogChunk, SolveStatus, StatusItem, VertexStatus, WarningItem } from '../../base/progress.ts';
import { utf8 } from '../../base/bytes.ts';
import { formatRfc3339Nano, goTimeAt } from '../format/go-time.ts';

/** The report as indented JSON with a newline at its end, `<`, `>` and `&` escaped as Go does; empty for a report of nothing. */
export function rawJsonReport({ vertexes = [], statuses = [], logs = [], warnings = [] }: SolveStatus): string {
  const report = {
    ...(vertexes.length === 0 ? {} : { vertexes: vertexes.map(vertexFields) }),
    ...(statuses.length === 0 ? {} : { statuses: statuses.map(statusFields) }),
    ...(logs.length === 0 ? {} : { logs: logs.map(logFields) }),
    ...(warnings.length === 0 ? {} : { warnings: warnings.map(warningFields) }),
  };
  if (Object.keys(report).length === 0) return '';
  return `${JSON.stringify(report, null, 2).replace(/[<>&\u2028\u2029]/g, escaped)}\n`;
}

function vertexFields({ id, inputs, name, startedMs, completedMs, cache, error }: VertexStatus) {
  return {
    digest: id,
    ...(inputs.length === 0 ? {} : { inputs }),
    name,
    ...timeFields({ startedMs, completedMs }),
    ...(cache?.hit === true ? { cached: true } : {}),
    ...(error === undefined ? {} : { error: error.message }),
  };
}

function statusFields({ id, vertex, action, total, current, startedMs, completedMs }: StatusItem) {
  return {
    id,
    vertex,
    ...(action === undefined ? {} : { name: action }),
    ...(total === 0 ? {} : { total }),
    current,
    timestamp: timeText(completedMs ?? startedMs),
    ...timeFields({ startedMs, completedMs }),
  };
}

function logFields({ vertex, stream, data, timeMs }: LogChunk) {
  return { vertex, stream, data: base64(data), timestamp: timeText(timeMs) };
}

function warningFields({ vertex, rule, message }: WarningItem) {
  return { vertex, level: 1, short: base64(utf8(`${rule}: ${message}`)) };
}

function timeFields({ startedMs, completedMs }: { startedMs: number | undefined; completedMs: number | undefined }) {
  return {
    ...(startedMs === undefined ? {} : { started: timeText(startedMs) }),
    ...(completedMs === undefined ? {} : { completed: timeText(completedMs) }),
  };
}

const timeText = (epochMs: number): string => formatRfc3339Nano(goTimeAt(epochMs));

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
