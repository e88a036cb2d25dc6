/** What has a name in a Dockerfile, and where it stands: stages and variables. */
import type { AnalysedStage, Analysis } from '../analysis/analyse.ts';
import type { InstructionNode } from '../ast.ts';
import { placeAt, placeOf, type Place } from '../lint/places.ts';
import { baseNamePlace, stageNamePlace } from '../lint/stage-name.ts';
import { instructionAt, type Position } from './cursor.ts';
import { tokens, type Token } from './tokens.ts';

/** A named thing, with every place its name is written. */
export interface NamedThing {
  readonly kind: 'stage' | 'variable';
  readonly name: string;
  /** Where it gets its name; several for a variable that is set several times. */
  readonly definitions: readonly Place[];
  /** Definitions among them. In the order of the file. */
  readonly occurrences: readonly Place[];
}

/** The stage a name, or a number, stands for at a line: the last above it that has the name. */
export function stageNamed({ stages }: Analysis, name: string, line: number): AnalysedStage | undefined {
  if (/^\d+$/.test(name)) return stages[Number(name)];
  const named = stages.filter((stage) => stage.name !== '' && stage.name === name.toLowerCase());
  return named.findLast(({ from }) => from.range.startLine <= line) ?? named[0];
}

/** What is named at a position; undefined for nothing. */
export function namedThingAt(analysis: Analysis, at: Position): NamedThing | undefined {
  const stage = stageAtPosition(analysis, at);
  return stage === undefined ? variableAt(analysis, at) : stageThing(analysis, stage);
}

function stageAtPosition(analysis: Analysis, at: Position): AnalysedStage | undefined {
  const found = instructionAt(analysis, at.line);
  if (found === undefined) return undefined;
  const { node, stage } = found;
  const isAt = (place: Place | undefined): boolean => place !== undefined && holds(place, at);
  if (stage?.from.node === node) {
    if (isAt(stageNamePlace(analysis, node))) return stage;
    return isAt(baseNamePlace(analysis, node)) && isLiteral(stage) ? stage.base : undefined;
  }
  const source = sourcesOf(node).find((name) => isAt(sourcePlace(analysis, node, name)));
  return source === undefined ? undefined : stageNamed(analysis, source, at.line);
}

function isLiteral({ from }: AnalysedStage): boolean {
  return !from.data.baseName.includes('$');
}

function stageThing(analysis: Analysis, stage: AnalysedStage): NamedThing {
  const places = stagePlaces(analysis, stage);
  const { range } = stage.from;
  const definitions = places.filter(({ isDefinition }) => isDefinition).map(({ place }) => place);
  return {
    kind: 'stage',
    name: stage.name === '' ? String(stage.index) : stage.name,
    definitions:
      definitions.length > 0
        ? definitions
        : [placeAt(range.startLine, 1, analysis.lines[range.startLine - 1]?.length ?? 0)],
    // A number is no name: it stays what it is.
    occurrences: places.filter(({ isNumber }) => !isNumber).map(({ place }) => place),
  };
}

interface StagePlace {
  readonly place: Place;
  readonly isDefinition: boolean;
  readonly isNumber: boolean;
}

function stagePlaces(analysis: Analysis, stage: AnalysedStage): readonly StagePlace[] {
  const places: StagePlace[] = [];
  const add = (place: Place | undefined, isDefinition: boolean, isNumber = false): void => {
    if (place !== undefined) places.push({ place, isDefinition, isNumber });
  };
  add(stageNamePlace(analysis, stage.from.node), true);
  for (const other of analysis.stages) {
    if (other.base === stage && isLiteral(other)) add(baseNamePlace(analysis, other.from.node), false);
  }
  for (const { node } of analysis.instructions) {
    for (const source of sourcesOf(node)) {
      const isMeant = source.toLowerCase() === stage.name || source === String(stage.index);
      if (!isMeant || stageNamed(analysis, source, node.range.startLine) !== stage) continue;
      add(sourcePlace(analysis, node, source), false, /^\d+$/.test(source));
    }
  }
  return places;
}

/** What the flags take files from, also where the rest of the instruction is not written yet. */
function sourcesOf({ flags }: InstructionNode): readonly string[] {
  const names = flags.flatMap((flag) => [...flag.matchAll(/^--from=([^,]+)$|(?:^--mount=|,)from=([^,]+)/g)]);
  return [...new Set(names.map(([, plain, mounted]) => plain ?? mounted ?? ''))];
}

/** The name behind `from=`. */
function sourcePlace(analysis: Analysis, node: InstructionNode, source: string): Place | undefined {
  const written = `from=${source}`;
  const place = placeOf(analysis, node, written, (before, after) => /[-,=]/.test(before) && /[\s,\\`]/.test(after));
  if (place === undefined) return undefined;
  return placeAt(place.startLine, place.startColumn + 'from='.length, source.length);
}

interface Name {
  readonly name: string;
  readonly place: Place;
  readonly isDefinition: boolean;
}

function variableAt(analysis: Analysis, at: Position): NamedThing | undefined {
  const all = tokens(analysis.text).flatMap((token) => namesIn(analysis, token));
  const found = all.find(({ place }) => holds(place, at));
  if (found === undefined) return undefined;
  const same = all.filter(({ name }) => name === found.name);
  const group = groupOf(analysis, at.line, found.name);
  const connected = same.filter(({ place }) => group(place.startLine));
  return {
    kind: 'variable',
    name: found.name,
    definitions: connected.filter(({ isDefinition }) => isDefinition).map(({ place }) => place),
    occurrences: connected.map(({ place }) => place),
  };
}

/** Names of variables in a token: one that is set, or those behind `$`. */
function namesIn({ lines, ...analysis }: Analysis, { type, line, startColumn, length }: Token): readonly Name[] {
  if (type !== 'variable') return [];
  const written = (lines[line - 1] ?? '').slice(startColumn - 1, startColumn - 1 + length);
  if (/^[A-Za-z_]\w*$/.test(written)) {
    const node = instructionAt({ lines, ...analysis }, line)?.node;
    const sets = ['arg', 'env'].includes((node?.child ?? node)?.name ?? '');
    return sets ? [{ name: written, place: placeAt(line, startColumn, length), isDefinition: true }] : [];
  }
  return [...written.matchAll(/(\$\{?)([A-Za-z_]\w*)/g)].map(({ index, 1: sign = '', 2: name = '' }) => ({
    name,
    place: placeAt(line, startColumn + index + sign.length, name.length),
    isDefinition: false,
  }));
}

/**
 * Lines in which a name means the same variable as at a line: all of them for a global ARG, which stages declare again, and else
 * those of the stages that stand on one another.
 */
function groupOf(analysis: Analysis, line: number, name: string): (line: number) => boolean {
  const global = analysis.globals.get(name);
  if (global !== undefined) return () => true;
  const root = rootOf(stageAt(analysis, line));
  return (other) => rootOf(stageAt(analysis, other)) === root;
}

function stageAt({ stages }: Analysis, line: number): AnalysedStage | undefined {
  return stages.findLast(({ from }) => from.range.startLine <= line);
}

function rootOf(stage: AnalysedStage | undefined): AnalysedStage | undefined {
  let root = stage;
  while (root?.base !== undefined) root = root.base;
  return root;
}

function holds({ startLine, startColumn, endColumn }: Place, { line, column }: Position): boolean {
  return startLine === line && column >= startColumn && column <= endColumn;
}
