/** What this browser stored as JSON, before anything is known of it. */

/** Where the settings are (settings.svelte.ts). Also read by public/theme.js, before anything else runs. */
export const SETTINGS_KEY = 'strata.settings';

export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The fields of the object that was stored; none where nothing was, or it is damaged. */
export function storedFields(stored: string | null): Fields {
  try {
    return fieldsOf(JSON.parse(stored ?? 'null'));
  } catch {
    return {};
  }
}
