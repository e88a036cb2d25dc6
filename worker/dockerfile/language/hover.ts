/** What the editor shows of the thing under the pointer. */
import { analyse, type Analysis, type AnalysedStage } from '../analysis/analyse.ts';
import { configOf, NO_IMAGES, type KnownImages } from '../analysis/known-images.ts';
import { directives, findDirective } from '../directives/index.ts';
import { lintRules } from '../lint/index.ts';
import { placeAt, type Place } from '../lint/places.ts';
import { instructionAt, type Position } from './cursor.ts';
import type { Surroundings } from './diagnose.ts';
import { directiveDocs, flagDocs, ruleDocs } from './documentation.ts';
import { hoverSource } from './hover-source.ts';
import { hoverVariable } from './hover-variable.ts';
import { stageNamed } from './symbols.ts';
import { tokens, type Token } from './tokens.ts';

export interface Hover {
  readonly range: Place;
  /** Markdown. */
  readonly docs: string;
}

const NOTHING: Surroundings = { contextPaths: [] };

/** What there is to say of the token at the position; undefined for nothing. Never throws. */
export function hover(text: string, { line, column }: Position, around: Surroundings = NOTHING): Hover | undefined {
  const found = tokens(text).find(
    (token) => token.line === line && column >= token.startColumn && column <= token.startColumn + token.length,
  );
  if (found === undefined) return undefined;
  const analysis = analyse(text, around.images ?? NO_IMAGES);
  const written = (analysis.lines[line - 1] ?? '').slice(found.startColumn - 1, found.startColumn - 1 + found.length);
  const docs = docsOf(found, written, { line, column }, analysis, around);
  return docs === undefined ? undefined : { range: placeAt(line, found.startColumn, found.length), docs };
}

function docsOf(
  token: Token,
  written: string,
  at: Position,
  analysis: Analysis,
  around: Surroundings,
): string | undefined {
  switch (token.type) {
    case 'keyword':
      return keywordDocs(written);
    case 'flag':
      return flagOf(written, at.line, analysis);
    case 'variable':
      return hoverVariable(analysis, written, at, token.startColumn);
    case 'stage':
      return stageDocs(stageNamed(analysis, written, at.line));
    case 'string':
      return (
        baseDocs(written, at.line, analysis, around.images ?? NO_IMAGES) ??
        sourceDocs(written, at.line, analysis, around)
      );
    case 'path':
      return sourceDocs(written, at.line, analysis, around);
    case 'directive':
    case 'comment':
      return checkDocs(analysis.lines[at.line - 1] ?? '', at.column);
    default:
      return undefined;
  }
}

function keywordDocs(written: string): string | undefined {
  const directive = findDirective(written.toLowerCase());
  if (directive !== undefined) return directiveDocs(directive);
  if (written.toUpperCase() === 'AS') return 'Names the stage, for later `FROM`, `COPY --from` and `--target`.';
  if (written.toUpperCase() === 'NONE') return 'Takes back the health check of the base image.';
  return undefined;
}

function flagOf(written: string, line: number, analysis: Analysis): string | undefined {
  const node = instructionAt(analysis, line)?.node;
  const directive = node === undefined ? undefined : findDirective((node.child ?? node).name);
  const known = directive?.flags ?? directives.flatMap(({ flags }) => flags);
  const flag = known.find(({ name }) => `--${name}` === written);
  return flag === undefined ? undefined : flagDocs(flag);
}

function stageDocs(stage: AnalysedStage | undefined): string | undefined {
  if (stage === undefined) return undefined;
  const { from, index, instructions, base } = stage;
  const on = base === undefined ? `\`${stage.baseName}\`` : `stage \`${base.name}\``;
  return `Stage ${index}${stage.name === '' ? '' : ` **${stage.name}**`} on ${on}, line ${from.range.startLine}: ${instructions.length} instructions.`;
}

/** A path that an instruction takes from the build context; the destination is none. */
function sourceDocs(written: string, line: number, analysis: Analysis, around: Surroundings): string | undefined {
  const sources = instructionAt(analysis, line)?.contextSources ?? [];
  const plain = written.replace(/^["[]+|["\],]+$/g, '');
  return sources.includes(plain) ? hoverSource(plain, around) : undefined;
}

function baseDocs(written: string, line: number, analysis: Analysis, images: KnownImages): string | undefined {
  const stage = analysis.stages.find(({ from: { range } }) => line >= range.startLine && line <= range.endLine);
  if (stage === undefined || !stage.from.data.baseName.startsWith(written)) return undefined;
  if (stage.base !== undefined) return stageDocs(stage.base);
  if (stage.baseName === 'scratch') return 'The empty image: no files, no shell, nothing to RUN.';
  const config = configOf(images, stage.baseName);
  const resolved =
    stage.baseName === stage.from.data.baseName ? [] : [`Is \`${stage.baseName}\` without build arguments.`];
  if (config === undefined) return resolved[0];
  const { os, architecture, variant } = config.platform;
  const facts = [
    `Image **${stage.baseName}** for \`${[os, architecture, ...(variant === undefined ? [] : [variant])].join('/')}\``,
    ...resolved,
    ...config.environment.map((entry) => `- \`${entry}\``),
    ...(config.workingDir === '' ? [] : [`Works in \`${config.workingDir}\`.`]),
    `Runs as \`${config.user === '' ? 'root' : config.user}\`.`,
  ];
  return facts.join('\n\n').replaceAll('\n\n- ', '\n- ');
}

/** The check whose name is under the pointer. */
function checkDocs(line: string, column: number): string | undefined {
  for (const match of line.matchAll(/[A-Za-z]+/g)) {
    if (column - 1 < match.index || column - 1 > match.index + match[0].length) continue;
    const rule = lintRules.find(({ name }) => name === match[0]);
    if (rule !== undefined) return ruleDocs(rule);
  }
  return undefined;
}
