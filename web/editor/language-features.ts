/** The language worker's answers as Monaco asks for them: completion, hover, fixes, names, formatting, folding, outline. */
import { isEngineError } from '../../worker/api/types.ts';
import type { LanguageClient, LanguageCompletion, TextEdit, TextPlace } from '../../worker/api/types.ts';
import { fixesOf } from './markers.ts';
import { languages, type editor, type IRange, type Position } from './monaco.ts';

/** Registers what a language's files can be asked. */
export function registerFeatures(language: string, client: LanguageClient): void {
  registerCompletion(language, client);
  registerReading(language, client);
  registerNames(language, client);
  registerEdits(language, client);
  registerShape(language, client);
}

const KINDS: Readonly<Record<LanguageCompletion['kind'], languages.CompletionItemKind>> = {
  directive: languages.CompletionItemKind.Keyword,
  flag: languages.CompletionItemKind.Property,
  value: languages.CompletionItemKind.Value,
  stage: languages.CompletionItemKind.Class,
  image: languages.CompletionItemKind.Module,
  variable: languages.CompletionItemKind.Variable,
  file: languages.CompletionItemKind.File,
  folder: languages.CompletionItemKind.Folder,
  check: languages.CompletionItemKind.Enum,
};

function registerCompletion(language: string, client: LanguageClient): void {
  languages.registerCompletionItemProvider(language, {
    triggerCharacters: [' ', '-', '=', '$', '{', ':', '/', ','],
    async provideCompletionItems(model, position) {
      const found = await client.complete(model.getValue(), placeOf(position));
      return {
        suggestions: found.map((completion, place) => ({
          label: completion.label,
          kind: KINDS[completion.kind],
          insertText: completion.insert,
          range: rangeOf(completion.range),
          // They come in the order to show.
          sortText: String(place).padStart(6, '0'),
          filterText: completion.insert,
          ...(completion.detail === undefined ? {} : { detail: completion.detail }),
          ...(completion.docs === undefined ? {} : { documentation: { value: completion.docs } }),
          ...(completion.more === true ? { command: { id: 'editor.action.triggerSuggest', title: 'Suggest' } } : {}),
        })),
      };
    },
  });
}

function registerReading(language: string, client: LanguageClient): void {
  languages.registerHoverProvider(language, {
    async provideHover(model, position) {
      const found = await client.hover(model.getValue(), placeOf(position));
      return found === undefined ? null : { range: rangeOf(found.range), contents: [{ value: found.docs }] };
    },
  });
  languages.registerSignatureHelpProvider(language, {
    async provideSignatureHelp(model, position) {
      const help = await client.signature(model.getValue(), placeOf(position));
      if (help === undefined) return null;
      const signatures = help.signatures.map(({ label, parts }) => ({
        label,
        documentation: help.docs,
        parameters: parts.map(([from, to]) => ({ label: [from, to] as [number, number] })),
      }));
      const value = { signatures, activeSignature: help.activeSignature, activeParameter: help.activePart };
      return { value, dispose: () => undefined };
    },
  });
}

function registerNames(language: string, client: LanguageClient): void {
  languages.registerDefinitionProvider(language, {
    async provideDefinition(model, position) {
      const found = await client.definitions(model.getValue(), placeOf(position));
      return found.map((place) => ({ uri: model.uri, range: rangeOf(place) }));
    },
  });
  languages.registerReferenceProvider(language, {
    async provideReferences(model, position) {
      const found = await client.references(model.getValue(), placeOf(position));
      return found.map((place) => ({ uri: model.uri, range: rangeOf(place) }));
    },
  });
  languages.registerRenameProvider(language, {
    async provideRenameEdits(model, position, name) {
      try {
        return workspaceEdit(model, await client.rename(model.getValue(), placeOf(position), name));
      } catch (error) {
        if (isEngineError(error)) return { edits: [], rejectReason: error.message };
        throw error;
      }
    },
    async resolveRenameLocation(model, position) {
      const found = await client.renameable(model.getValue(), placeOf(position));
      if (found !== undefined) return { range: rangeOf(found.range), text: found.name };
      return {
        range: rangeAt(position),
        text: '',
        rejectReason: 'Stages and variables can be renamed; this is neither.',
      };
    },
  });
}

function registerEdits(language: string, client: LanguageClient): void {
  languages.registerDocumentFormattingEditProvider(language, {
    async provideDocumentFormattingEdits(model) {
      return (await client.format(model.getValue())).map(monacoEdit);
    },
  });
  languages.registerCodeActionProvider(language, {
    provideCodeActions(model, _range, { markers }) {
      const actions = markers.flatMap((marker) =>
        fixesOf(model, marker).map((fix, place) => ({
          title: fix.title,
          kind: 'quickfix',
          diagnostics: [marker],
          edit: workspaceEdit(model, fix.edits),
          isPreferred: place === 0 && fix.skips !== true,
        })),
      );
      return { actions, dispose: () => undefined };
    },
  });
}

function registerShape(language: string, client: LanguageClient): void {
  languages.registerFoldingRangeProvider(language, {
    async provideFoldingRanges(model) {
      const found = await client.folds(model.getValue());
      return found.map(({ startLine, endLine, kind }) => ({
        start: startLine,
        end: endLine,
        ...(kind === 'comment' ? { kind: languages.FoldingRangeKind.Comment } : {}),
      }));
    },
  });
  languages.registerDocumentSymbolProvider(language, {
    async provideDocumentSymbols(model) {
      const stages = await client.outline(model.getValue());
      return stages.map(({ name, label, range, instructions }) => ({
        ...symbol(model, label === '' ? 'Global arguments' : label, name, range),
        kind: languages.SymbolKind.Class,
        children: instructions.map((instruction) => ({
          ...symbol(model, instruction.label, instruction.directive, instruction.range),
          kind: languages.SymbolKind.Field,
        })),
      }));
    },
  });
}

function symbol(
  model: editor.ITextModel,
  name: string,
  detail: string,
  { startLine, endLine }: { startLine: number; endLine: number },
): Omit<languages.DocumentSymbol, 'kind'> {
  const last = Math.min(endLine, model.getLineCount());
  const range = {
    startLineNumber: startLine,
    startColumn: 1,
    endLineNumber: last,
    endColumn: model.getLineMaxColumn(last),
  };
  return { name, detail, tags: [], range, selectionRange: { ...range, endLineNumber: startLine, endColumn: 1 } };
}

function workspaceEdit(model: editor.ITextModel, edits: readonly TextEdit[]): languages.WorkspaceEdit {
  const versionId = model.getVersionId();
  return { edits: edits.map((edit) => ({ resource: model.uri, versionId, textEdit: monacoEdit(edit) })) };
}

function monacoEdit({ range, text }: TextEdit): languages.TextEdit {
  return { range: rangeOf(range), text };
}

function placeOf({ lineNumber, column }: Position): { line: number; column: number } {
  return { line: lineNumber, column };
}

function rangeOf({ startLine, startColumn, endLine, endColumn }: TextPlace): IRange {
  return { startLineNumber: startLine, startColumn, endLineNumber: endLine, endColumn };
}

function rangeAt({ lineNumber, column }: Position): IRange {
  return { startLineNumber: lineNumber, startColumn: column, endLineNumber: lineNumber, endColumn: column };
}
