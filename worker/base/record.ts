/** What came from outside and may be anything. */

/** True for what JSON calls an object: fields by name, each of them unknown. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
