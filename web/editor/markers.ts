/** Findings as Monaco's markers, and the fixes that belong to them. */
import type { Diagnostic, QuickFix } from '../../worker/api/types.ts';
import { editor, MarkerSeverity, Uri } from './monaco.ts';

const SEVERITY: Readonly<Record<Diagnostic['severity'], MarkerSeverity>> = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  info: MarkerSeverity.Info,
  hint: MarkerSeverity.Hint,
};

const OWNER = 'strata';

interface Marked {
  readonly marker: editor.IMarkerData;
  readonly fixes: readonly QuickFix[];
}

const markedByModel = new WeakMap<editor.ITextModel, readonly Marked[]>();

/** Shows findings in a text, in the place of those shown before. */
export function markModel(model: editor.ITextModel, diagnostics: readonly Diagnostic[]): void {
  const marked = diagnostics.map((found) => ({ marker: markerOf(model, found), fixes: found.fixes ?? [] }));
  markedByModel.set(model, marked);
  editor.setModelMarkers(
    model,
    OWNER,
    marked.map(({ marker }) => marker),
  );
}

/** The fixes of a marker that is shown. */
export function fixesOf(model: editor.ITextModel, shown: editor.IMarkerData): readonly QuickFix[] {
  const marked = markedByModel.get(model) ?? [];
  return marked.filter(({ marker }) => isSame(marker, shown)).flatMap(({ fixes }) => fixes);
}

function isSame(a: editor.IMarkerData, b: editor.IMarkerData): boolean {
  return a.message === b.message && a.startLineNumber === b.startLineNumber && a.startColumn === b.startColumn;
}

function markerOf(model: editor.ITextModel, found: Diagnostic): editor.IMarkerData {
  const { startLine, endLine, startColumn, endColumn } = found.range;
  const lines = model.getLineCount();
  const [first, last] = [Math.min(startLine, lines), Math.min(endLine, lines)];
  return {
    severity: SEVERITY[found.severity],
    message: found.detail === undefined ? found.message : `${found.message}\n\n${found.detail}`,
    ...(found.rule === undefined ? {} : { code: codeOf(found.rule, found.url) }),
    startLineNumber: first,
    startColumn: startColumn ?? model.getLineFirstNonWhitespaceColumn(first),
    endLineNumber: last,
    endColumn: endColumn ?? model.getLineMaxColumn(last),
  };
}

function codeOf(rule: string, url: string | undefined): NonNullable<editor.IMarkerData['code']> {
  return url === undefined ? rule : { value: rule, target: Uri.parse(url) };
}
