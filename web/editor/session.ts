/** One Monaco editor and the texts opened in it. The page gives it texts and findings; it gives back edits and places. */
import type { Diagnostic, LanguageClient } from '../../worker/api/types.ts';
import { DOCKERFILE_LANGUAGE, registerDockerfile } from './dockerfile-language.ts';
import { EDITOR_METRICS, type EditorGeometry } from './metrics.ts';
import { markModel } from './markers.ts';
import { editor, languages, Range, Selection, Uri } from './monaco.ts';
import type { TextPlace } from './plain-field.ts';
import { applyTheme } from './theme.ts';

/** What the editor tells the page. */
export interface SessionEvents {
  readonly onEdit: (path: string, text: string) => void;
  readonly onGeometry: (geometry: EditorGeometry) => void;
  /** Line under the pointer; undefined when it left. */
  readonly onHoverLine: (line: number | undefined) => void;
  readonly onCaretLine: (line: number | undefined) => void;
}

export interface EditorSession {
  /** Shows a text. A text that is open already keeps its caret and its undo history. */
  open(path: string, text: string): void;
  /** Findings of the file that is shown. */
  mark(diagnostics: readonly Diagnostic[]): void;
  /** Lights lines up, from first to last; nothing when undefined. */
  light(lines: readonly [number, number] | undefined): void;
  /** Scrolls to a line, puts the caret there and takes the focus. */
  reveal(line: number): void;
  /** Goes on where somebody was in the plain editor. */
  goOn(place: TextPlace): void;
  theme(dark: boolean): void;
  dispose(): void;
}

let registered = false;

export function openSession(host: HTMLElement, client: LanguageClient, events: SessionEvents): EditorSession {
  if (!registered) registerDockerfile(client);
  registered = true;
  const code = editor.create(host, options(host));
  const states = new Map<string, editor.ICodeEditorViewState>();
  const lit = code.createDecorationsCollection();
  let path = '';
  /** True while a text is put in by the page: that is no edit. */
  let filling = false;

  code.onDidChangeModelContent(() => {
    if (!filling) events.onEdit(path, code.getValue());
  });
  for (const changed of [code.onDidScrollChange, code.onDidLayoutChange, code.onDidContentSizeChange]) {
    changed(() => events.onGeometry(geometryOf(code)));
  }
  code.onDidChangeHiddenAreas(() => events.onGeometry(geometryOf(code)));
  code.onMouseMove((event) => events.onHoverLine(event.target.position?.lineNumber));
  code.onMouseLeave(() => events.onHoverLine(undefined));
  const tellCaret = (): void => events.onCaretLine(code.hasTextFocus() ? code.getPosition()?.lineNumber : undefined);
  code.onDidChangeCursorPosition(tellCaret);
  code.onDidFocusEditorText(tellCaret);
  // the focus is lost too where the page takes the editor away, and in the middle of that nothing may change
  code.onDidBlurEditorText(() => queueMicrotask(tellCaret));

  return {
    open(next, text) {
      filling = true;
      if (next !== path) {
        const state = code.saveViewState();
        if (state !== null) states.set(path, state);
        path = next;
        code.setModel(modelOf(next, text));
        code.restoreViewState(states.get(next) ?? null);
        code.updateOptions({ ariaLabel: next });
      }
      const model = code.getModel();
      if (model !== null && model.getValue() !== text) replaceText(model, text);
      filling = false;
      events.onGeometry(geometryOf(code));
    },
    mark(diagnostics) {
      const model = code.getModel();
      if (model !== null) markModel(model, diagnostics);
    },
    light(lines) {
      lit.set(
        lines === undefined
          ? []
          : [{ range: new Range(lines[0], 1, lines[1], 1), options: { isWholeLine: true, className: 'lit-line' } }],
      );
    },
    reveal(line) {
      code.revealLineInCenterIfOutsideViewport(line);
      code.setPosition({ lineNumber: line, column: 1 });
      code.focus();
    },
    goOn({ anchor, caret, focused, scrollTopPx, scrollLeftPx }) {
      const model = code.getModel();
      if (model === null) return;
      const [from, to] = [model.getPositionAt(anchor), model.getPositionAt(caret)];
      code.setSelection(new Selection(from.lineNumber, from.column, to.lineNumber, to.column));
      code.setScrollPosition({ scrollTop: scrollTopPx, scrollLeft: scrollLeftPx });
      if (focused) code.focus();
    },
    theme: applyTheme,
    dispose() {
      code.dispose();
      for (const model of editor.getModels()) model.dispose();
    },
  };
}

function options(host: HTMLElement): editor.IStandaloneEditorConstructionOptions {
  return {
    model: null,
    automaticLayout: true,
    fontFamily: getComputedStyle(host).fontFamily,
    fontSize: EDITOR_METRICS.fontPx,
    lineHeight: EDITOR_METRICS.linePx,
    padding: { top: EDITOR_METRICS.topPx, bottom: EDITOR_METRICS.topPx },
    lineNumbersMinChars: EDITOR_METRICS.numberChars,
    // Monaco adds 16 for the marks that fold.
    lineDecorationsWidth: EDITOR_METRICS.gapPx - 16,
    glyphMargin: false,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    overviewRulerBorder: false,
    renderLineHighlight: 'none',
    renderFinalNewline: 'on',
    scrollBeyondLastLine: false,
    scrollBeyondLastColumn: 30,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
    wordBasedSuggestions: 'off',
    quickSuggestions: { other: 'on', comments: 'on', strings: 'on' },
    // Enter goes on to the next line where the word is written already.
    acceptSuggestionOnEnter: 'smart',
    occurrencesHighlight: 'off',
    unicodeHighlight: { ambiguousCharacters: false },
    'semanticHighlighting.enabled': true,
    fixedOverflowWidgets: true,
    stickyScroll: { enabled: false },
    contextmenu: true,
    smoothScrolling: false,
    tabSize: 4,
    detectIndentation: true,
    accessibilitySupport: 'auto',
  };
}

function modelOf(path: string, text: string): editor.ITextModel {
  const uri = Uri.from({ scheme: 'project', path: `/${path}` });
  const there = editor.getModel(uri);
  if (there !== null) return there;
  const model = editor.createModel(text, languageOf(path), uri);
  // brackets have the colours of the language; it is the model that would give them others
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
  return model;
}

/** Language of a file by its name; undefined leaves it to Monaco. */
function languageOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^Dockerfile(?:\..+)?$|\.Dockerfile$/i.test(name) && !name.endsWith('.dockerignore')) return DOCKERFILE_LANGUAGE;
  if (name === 'go.mod') return 'go';
  const known = languages.getLanguages().some(({ extensions }) => extensions?.some((ending) => name.endsWith(ending)));
  return known ? undefined : 'plaintext';
}

/** Replaces a text as one edit, so that undo leads back to it. */
function replaceText(model: editor.ITextModel, text: string): void {
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
}

function geometryOf(code: editor.IStandaloneCodeEditor): EditorGeometry {
  const layout = code.getLayoutInfo();
  const scroll = code.getScrollTop();
  return {
    topOf: (line) => {
      const model = code.getModel();
      if (model === null || line > model.getLineCount()) return undefined;
      const top = code.getTopForLineNumber(line);
      // A folded line has the top of the line that it is folded into.
      const hidden = line > 1 && top === code.getTopForLineNumber(line - 1);
      return hidden ? undefined : top - scroll;
    },
    linePx: EDITOR_METRICS.linePx,
    barPx: layout.decorationsLeft + 3,
    scrollbarPx: code.getScrollHeight() > layout.height ? layout.verticalScrollbarWidth : 0,
  };
}
