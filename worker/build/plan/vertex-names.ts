/** How steps are called, as BuildKit calls them: `[build 2/4] RUN make`. */
import { expandWord, lookupIn } from '../../dockerfile/shell-words.ts';
import { environmentOf, type StageState } from './stage-state.ts';

/** The name of a stage's next numbered step. Counts it. */
export function nextStepName(stage: StageState, text: string): string {
  if (stage.stepCount === 0) return text;
  const number = String(++stage.stepsShown).padStart(String(stage.stepCount).length);
  const prefix = stage.displayName === '' ? '' : `${stage.displayName} `;
  return `[${prefix}${number}/${stage.stepCount}] ${text}`;
}

/** An instruction as it is shown: its keyword in capitals, variables replaced. RUN keeps quotes and what is not set. */
export function shownInstruction(stage: StageState, original: string, shell: boolean): string {
  const expanded = expandForDisplay(stage, original, shell);
  const blank = expanded.search(/\s|$/);
  return expanded.slice(0, blank).toUpperCase() + expanded.slice(blank);
}

function expandForDisplay(stage: StageState, text: string, shell: boolean): string {
  try {
    const lookup = lookupIn(environmentOf(stage));
    return expandWord(text, { lookup, ...(shell ? { keepQuotes: true, keepUnset: true } : {}) }).text;
  } catch {
    // shown as written: what it means is checked where it is used
    return text;
  }
}
