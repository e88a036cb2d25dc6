/** What a newcomer may not see by looking: one thing each, told once, when it can be tried. */

/** What a hint depends on. */
export interface HintFacts {
  readonly hasImage: boolean;
  readonly hasContainer: boolean;
  readonly hasChosenPath: boolean;
  readonly failed: boolean;
}

export interface Hint {
  readonly id: string;
  readonly text: string;
  readonly when: (facts: HintFacts) => boolean;
}

const HINTS: readonly Hint[] = [
  {
    id: 'failed-steps',
    text: 'The build failed: step back below the stack to see the world before it.',
    when: ({ failed }) => failed,
  },
  {
    id: 'writes',
    text: 'What this container writes goes to its own layer on top; Replay shows it again.',
    when: ({ hasContainer }) => hasContainer,
  },
  {
    id: 'linked',
    text: 'Point at a layer: its line and its files light up. Click it to see only what it changed.',
    when: ({ hasImage }) => hasImage,
  },
  {
    id: 'trace',
    text: 'Click a file to read which layer it comes from, and what lies hidden below.',
    when: ({ hasImage, hasChosenPath }) => hasImage && !hasChosenPath,
  },
  {
    id: 'run',
    text: 'Type a command in the Terminal and watch the stack.',
    when: ({ hasImage, hasContainer }) => hasImage && !hasContainer,
  },
  {
    id: 'palette',
    text: 'Ctrl-K or Cmd-K finds every command and path; ? lists the keys.',
    when: ({ hasImage }) => hasImage,
  },
];

/** The hint to tell now; undefined when all that fit were seen. */
export function nextHint(facts: HintFacts, seen: readonly string[]): Hint | undefined {
  return HINTS.find(({ id, when }) => !seen.includes(id) && when(facts));
}

/** Every hint, for who wants none. */
export const ALL_HINTS: readonly string[] = HINTS.map(({ id }) => id);
