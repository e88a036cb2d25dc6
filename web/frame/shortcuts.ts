/** The keys that work anywhere on the page. One list: what is pressed, and what is listed under `?`. */

export type ShortcutName = 'palette' | 'help' | 'filter' | 'earlier' | 'later' | 'build';

interface Shortcut {
  readonly name: ShortcutName;
  /** As written on the key; letters are pressed with Ctrl or Cmd. */
  readonly key: string;
  readonly withControl: boolean;
  readonly text: string;
}

export const SHORTCUTS: readonly Shortcut[] = [
  { name: 'palette', key: 'k', withControl: true, text: 'Find a command or a path' },
  { name: 'build', key: 'b', withControl: true, text: 'Build now' },
  { name: 'help', key: '?', withControl: false, text: 'Show these keys' },
  { name: 'filter', key: '/', withControl: false, text: 'Filter the tree of files' },
  { name: 'earlier', key: '[', withControl: false, text: 'One step back in the build' },
  { name: 'later', key: ']', withControl: false, text: 'One step on in the build' },
];

/** What of a key event counts. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * The shortcut of a key; undefined for all others. Keys without Ctrl count only where no text is typed, and only while a
 * person has not turned them off: speech input would press them.
 */
export function shortcutOf(pressed: PressedKey, typing: boolean, singleKeys: boolean): ShortcutName | undefined {
  const withControl = pressed.ctrlKey || pressed.metaKey;
  if (pressed.altKey && withControl) return undefined;
  if (!withControl && (typing || !singleKeys)) return undefined;
  const key = pressed.key.toLowerCase();
  return SHORTCUTS.find((shortcut) => shortcut.key === key && shortcut.withControl === withControl)?.name;
}

/** True where keys are text: fields, the editor, whatever can be edited. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null)
  );
}
