/**
 * Which checks count: `# check=skip=A,B;error=true` at the head of a file, and `# check=skip=A` in the comment above an instruction,
 * as BuildKit reads them (frontend/dockerfile/linter). What follows the options behind a blank is the reason; nobody reads it but
 * people.
 */
import { EngineError } from '../../base/errors.ts';
import { parseBoolean } from '../go-scalars.ts';
import { quote } from '../go-quote.ts';
import { trimSpace } from '../go-space.ts';

export interface LintOptions {
  readonly skip: RuleSet;
  readonly experimental: RuleSet;
  /** A finding fails the check. */
  readonly error: boolean;
}

/** Some rules by name, or all of them. */
export type RuleSet = 'all' | ReadonlySet<string>;

export const DEFAULT_OPTIONS: LintOptions = { skip: new Set(), experimental: new Set(), error: false };

/** No more than this many options are told apart; what follows is part of the last one's value. */
const MAX_OPTIONS = 3;

/** Reads the value of a `check` directive. Throws `dockerfile`, worded as BuildKit words it. */
export function parseLintOptions(value: string): LintOptions {
  const [text = ''] = trimSpace(value).split(/\s/, 1);
  let options = DEFAULT_OPTIONS;
  if (text === '') return options;
  const parts = text.split(';');
  const limited = [...parts.slice(0, MAX_OPTIONS - 1), ...rest(parts.slice(MAX_OPTIONS - 1))];
  for (const part of limited) {
    const equals = part.indexOf('=');
    if (equals < 0) throw invalid(part);
    const [name, setting] = [trimSpace(part.slice(0, equals)), trimSpace(part.slice(equals + 1))];
    if (name === 'skip') options = { ...options, skip: ruleSet(setting) };
    else if (name === 'experimental') options = { ...options, experimental: ruleSet(setting) };
    else if (name === 'error') options = { ...options, error: readBoolean(part, setting) };
    else throw invalid(name);
  }
  return options;
}

function rest(parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [] : [parts.join(';')];
}

function ruleSet(setting: string): RuleSet {
  return setting === 'all' ? 'all' : new Set(setting.split(',').map(trimSpace));
}

function readBoolean(part: string, setting: string): boolean {
  const value = parseBoolean(setting);
  if (value !== undefined) return value;
  const why = `strconv.ParseBool: parsing ${quote(setting)}: invalid syntax`;
  throw new EngineError('dockerfile', `failed to parse check option ${quote(part)}: ${why}`);
}

function invalid(option: string): EngineError {
  return new EngineError('dockerfile', `invalid check option ${quote(option)}`);
}

const CHECK_COMMENT = /^check\s*=\s*(.*)$/i;

/** The options in the comments above an instruction: those of the first `check=` among them; undefined for none, or a malformed one. */
export function commentOptions(comments: readonly string[]): LintOptions | undefined {
  for (const comment of comments) {
    const match = CHECK_COMMENT.exec(comment);
    if (match === null) continue;
    try {
      return parseLintOptions(match[1] ?? '');
    } catch {
      return undefined;
    }
  }
  return undefined;
}

export function holds(set: RuleSet, rule: string): boolean {
  return set === 'all' || set.has(rule);
}
