/** Monaco's theme, made of the page's tokens: the browser resolves them, so that colours are written down once. */
import { editor } from './monaco.ts';

const NAME = 'strata';

/** Defines the theme anew from what the tokens are at this moment, and uses it. */
export function applyTheme(dark: boolean): void {
  const colour = tokenReader();
  const rule = (token: string, property: string, fontStyle?: string): editor.ITokenThemeRule => ({
    token,
    foreground: colour(property).slice(1),
    ...(fontStyle === undefined ? {} : { fontStyle }),
  });
  editor.defineTheme(NAME, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('keyword', '--code-keyword', 'bold'),
      rule('directive', '--code-keyword'),
      rule('flag', '--code-variable'),
      rule('variable', '--code-variable'),
      rule('string', '--code-string'),
      rule('heredoc', '--code-string'),
      rule('control', '--code-keyword'),
      rule('command', '--code-command'),
      rule('number', '--code-number'),
      rule('stage', '--code-number'),
      rule('comment', '--code-comment'),
      rule('operator', '--soft'),
    ],
    colors: {
      'editor.background': colour('--ground'),
      'editor.foreground': colour('--text'),
      'editorLineNumber.foreground': colour('--faint'),
      'editorLineNumber.activeForeground': colour('--text'),
      'editorCursor.foreground': colour('--accent'),
      'editorGutter.background': colour('--ground'),
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
      'editorWidget.background': colour('--panel'),
      'editorWidget.border': colour('--line'),
      'editorHoverWidget.background': colour('--panel'),
      'editorHoverWidget.border': colour('--line'),
      'editorError.foreground': colour('--bad'),
      'editorWarning.foreground': colour('--warn'),
      'editorInfo.foreground': colour('--accent'),
      'scrollbar.shadow': '#00000000',
      'scrollbarSlider.background': `${colour('--faint')}50`,
      'scrollbarSlider.hoverBackground': `${colour('--faint')}80`,
      'scrollbarSlider.activeBackground': `${colour('--faint')}a0`,
      focusBorder: colour('--accent'),
    },
  });
  editor.setTheme(NAME);
}

/** Reads a token as `#rrggbb`: a canvas understands every form of colour that the browser computes. */
function tokenReader(): (property: string) => string {
  const probe = document.createElement('span');
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  return (property) => {
    document.body.append(probe);
    probe.style.color = `var(${property})`;
    const computed = getComputedStyle(probe).color;
    probe.remove();
    if (context === null) return '#808080';
    context.fillStyle = computed;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
}
