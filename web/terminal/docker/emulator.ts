/** xterm.js, set up as the page wants it: its colours, its fonts, readable for screen readers, left with Shift-Tab. */
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { themeAt } from './theme.ts';

const SCROLLBACK_LINES = 5_000;
const FONT_PX = 12;
/** What WCAG AA asks of text. */
const CONTRAST = 4.5;

/** An emulator with a place of its own in the page, which can be moved. */
export interface Emulator {
  readonly terminal: Terminal;
  /** Puts it into `parent` and keeps its size; gives how to take it out again. */
  show(parent: HTMLElement): () => void;
  /** Tells screen readers what it shows, or not. */
  speak(spoken: boolean): void;
  /** Lets go of it for good. */
  dispose(): void;
  /** Takes on the page's colours of a theme. */
  recolour(theme: 'light' | 'dark'): void;
}

export function createEmulator(): Emulator {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const terminal = new Terminal({
    convertEol: true,
    cursorBlink: !still,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontSize: FONT_PX,
    lineHeight: 1.3,
    minimumContrastRatio: CONTRAST,
    scrollback: SCROLLBACK_LINES,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.attachCustomKeyEventHandler((event) => takesKey(terminal, event));
  terminal.onSelectionChange(() => copySelection(terminal));
  const frame = document.createElement('div');
  frame.style.height = '100%';
  return {
    terminal,
    show(parent) {
      parent.append(frame);
      if (terminal.element === undefined) terminal.open(frame);
      const observer = new ResizeObserver(() => fit.fit());
      observer.observe(parent);
      terminal.focus();
      return () => {
        observer.disconnect();
        frame.remove();
      };
    },
    speak(spoken) {
      terminal.options.screenReaderMode = spoken;
    },
    dispose() {
      terminal.dispose();
      frame.remove();
    },
    recolour(theme) {
      frame.style.colorScheme = theme;
      terminal.options.theme = themeAt(frame);
    },
  };
}

/** False for keys that are the page's: Shift-Tab leaves the terminal, Alt with a digit goes to another one, Ctrl-Shift-C copies, Ctrl-Shift-V pastes. */
function takesKey(terminal: Terminal, event: KeyboardEvent): boolean {
  if (event.key === 'Tab' && event.shiftKey) return false;
  // the page's own: another terminal by its number
  if (event.altKey && /^[1-9]$/.test(event.key)) return false;
  if (!event.ctrlKey || !event.shiftKey) return true;
  if (event.code === 'KeyC') {
    if (event.type === 'keydown') copySelection(terminal);
    event.preventDefault();
    return false;
  }
  return event.code !== 'KeyV';
}

function copySelection(terminal: Terminal): void {
  const text = terminal.getSelection();
  // a page without focus, or without leave, copies nothing
  if (text !== '') void navigator.clipboard.writeText(text).catch(() => undefined);
}
