/** How far a learner has come in a lesson, so many steps of which are done. */
export function lessonState(doneSteps: number, { steps }: { readonly steps: number }): 'new' | 'begun' | 'done' {
  if (doneSteps === 0) return 'new';
  return doneSteps >= steps ? 'done' : 'begun';
}
