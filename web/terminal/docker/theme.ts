/** The terminal's colours, from the page's tokens as they are in the theme on screen. */
import type { ITheme } from '@xterm/xterm';

const TOKENS = {
  background: '--sunk',
  foreground: '--text',
  cursor: '--accent',
  cursorAccent: '--sunk',
  selectionBackground: '--line-strong',
  black: '--faint',
  red: '--bad',
  green: '--ok',
  yellow: '--warn',
  blue: '--accent',
  magenta: '--layer-5',
  cyan: '--layer-6',
  white: '--text',
  brightBlack: '--soft',
  brightRed: '--bad',
  brightGreen: '--ok',
  brightYellow: '--warn',
  brightBlue: '--accent',
  brightMagenta: '--layer-5',
  brightCyan: '--layer-6',
  brightWhite: '--text',
} as const satisfies Partial<Record<keyof ITheme, string>>;

/** Reads the tokens where `element` is. */
export function themeAt(element: HTMLElement): ITheme {
  const probe = element.appendChild(document.createElement('span'));
  const colours = Object.entries(TOKENS).map(([name, token]) => {
    probe.style.color = `var(${token})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(colours);
}
