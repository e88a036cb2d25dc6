/** What the page may ask of the language worker, which answers while a build runs. */
import type { Diagnostic, SourceRange, TextEdit } from '../base/source.ts';
import type { TokenType } from '../dockerfile/language/spans.ts';

/** Lines and columns count from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

export type TextPlace = Required<SourceRange>;

/** What is around the Dockerfile that is asked about. */
export interface LanguageContext {
  /** Paths of the project's files. */
  readonly contextPaths: readonly string[];
  /** Their sizes, one for each. */
  readonly contextBytes?: readonly number[];
  /** The text of .dockerignore; empty without one. */
  readonly dockerignore: string;
}

export interface LanguageClient {
  /** Tells what is around the Dockerfile; counts for the questions that follow. */
  setContext(context: LanguageContext): Promise<void>;
  /** Mistakes and findings of the build checks. */
  diagnose(text: string): Promise<readonly Diagnostic[]>;
  /** For each context path, whether a build sends it, and the .dockerignore line (from 1) that decided. */
  ignored(
    dockerignore: string,
    paths: readonly string[],
  ): Promise<readonly { path: string; ignored: boolean; line?: number }[]>;
  /** Semantic tokens for colours. */
  tokens(text: string): Promise<readonly LanguageToken[]>;
  complete(text: string, at: TextPosition): Promise<readonly LanguageCompletion[]>;
  /** Markdown about what is at a place. */
  hover(text: string, at: TextPosition): Promise<{ range: TextPlace; docs: string } | undefined>;
  signature(text: string, at: TextPosition): Promise<LanguageSignatureHelp | undefined>;
  /** Where the stage or the variable at a place gets its name. */
  definitions(text: string, at: TextPosition): Promise<readonly TextPlace[]>;
  /** Everywhere it is named. */
  references(text: string, at: TextPosition): Promise<readonly TextPlace[]>;
  /** What `rename` would rename at a place. */
  renameable(text: string, at: TextPosition): Promise<{ range: TextPlace; name: string } | undefined>;
  /** Rejects with `invalid-argument` for what is no name, or one that is taken. */
  rename(text: string, at: TextPosition, name: string): Promise<readonly TextEdit[]>;
  format(text: string): Promise<readonly TextEdit[]>;
  folds(text: string): Promise<readonly { startLine: number; endLine: number; kind: string }[]>;
  outline(text: string): Promise<readonly LanguageSymbol[]>;
}

export interface LanguageToken {
  readonly line: number;
  readonly startColumn: number;
  readonly length: number;
  readonly type: TokenType;
}

export interface LanguageCompletion {
  readonly label: string;
  readonly kind: 'directive' | 'flag' | 'value' | 'stage' | 'image' | 'variable' | 'file' | 'folder' | 'check';
  readonly range: TextPlace;
  readonly insert: string;
  readonly detail?: string;
  /** Markdown. */
  readonly docs?: string;
  /** Ask again once it is taken. */
  readonly more?: boolean;
}

export interface LanguageSignatureHelp {
  readonly signatures: readonly {
    readonly label: string;
    /** From and to, in characters of the label. */
    readonly parts: readonly (readonly [number, number])[];
  }[];
  readonly activeSignature: number;
  readonly activePart: number;
  readonly docs: string;
}

/** A stage with its instructions. */
export interface LanguageSymbol {
  readonly name: string;
  readonly label: string;
  readonly range: SourceRange;
  readonly instructions: readonly { directive: string; label: string; range: SourceRange }[];
}
