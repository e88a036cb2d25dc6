/** The choice of a theme, as entries of a menu. */
import type { Settings, Theme } from '../state/settings.svelte.ts';
import type { MenuEntry } from '../ui/menu.ts';

const THEMES: readonly { readonly theme: Theme; readonly text: string }[] = [
  { theme: 'system', text: 'As the system' },
  { theme: 'light', text: 'Light' },
  { theme: 'dark', text: 'Dark' },
];

export function themeEntries(settings: Settings): MenuEntry[] {
  return THEMES.map(({ theme, text }) => ({
    kind: 'item',
    text,
    note: settings.values.theme === theme ? 'chosen' : undefined,
    run: () => settings.set({ theme }),
  }));
}
