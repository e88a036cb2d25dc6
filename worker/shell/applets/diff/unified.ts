/** Unified output of `diff`: hunks of changed lines with lines of context around them. */
import type { Change } from './line-differences.ts';

export interface LabelledText {
  readonly label: string;
  /** Lines without their newline. */
  readonly lines: readonly string[];
  /** The last line has no newline. */
  readonly unterminated: boolean;
}

/** The hunks under their header. */
export function unifiedDiff(
  before: LabelledText,
  after: LabelledText,
  changes: readonly Change[],
  context: number,
): string {
  let out = `--- ${before.label}\n+++ ${after.label}\n`;
  for (const group of groupChanges(changes, context)) out += hunkText(before, after, group, context);
  return out;
}

/** Changes whose context touches belong to one hunk. */
function groupChanges(changes: readonly Change[], context: number): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const end = last?.at(-1)?.oldEnd;
    if (last !== undefined && end !== undefined && change.oldStart - end <= context * 2) last.push(change);
    else groups.push([change]);
  }
  return groups;
}

function hunkText(before: LabelledText, after: LabelledText, group: readonly Change[], context: number): string {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return '';
  const lead = Math.min(context, first.oldStart);
  const trail = Math.min(context, before.lines.length - last.oldEnd);
  const oldStart = first.oldStart - lead;
  const newStart = first.newStart - lead;
  const oldCount = last.oldEnd + trail - oldStart;
  const newCount = last.newEnd + trail - newStart;
  let out = `@@ -${rangeText(oldStart, oldCount)} +${rangeText(newStart, newCount)} @@\n`;
  let at = oldStart;
  for (const { oldStart: from, oldEnd, newStart: newFrom, newEnd } of group) {
    for (; at < from; at++) out += lineText(' ', before, at);
    for (; at < oldEnd; at++) out += lineText('-', before, at);
    for (let i = newFrom; i < newEnd; i++) out += lineText('+', after, i);
  }
  for (; at < last.oldEnd + trail; at++) out += lineText(' ', before, at);
  return out;
}

function rangeText(start: number, count: number): string {
  // an empty range is named by the line ahead of it
  const first = count === 0 ? start : start + 1;
  return count === 1 ? String(first) : `${first},${count}`;
}

/** A line behind its mark, and a note where it has no newline. */
export function lineText(mark: string, { lines, unterminated }: LabelledText, at: number): string {
  const missing = unterminated && at === lines.length - 1 ? '\\ No newline at end of file\n' : '';
  return `${mark}${lines[at] ?? ''}\n${missing}`;
}
