import { afterFrame } from './after-frame.ts';

/**
 * A value a frame behind `now`, `first` until then: what was typed or pressed is seen before what takes long is made of it. Of values
 * that follow each other faster the last is taken. For a component, while it is put on the page.
 */
export function frameBehind<Value>(now: () => Value, first: Value): { readonly current: Value } {
  let current = $state.raw(first);
  $effect(() => {
    const next = now();
    let stale = false;
    void afterFrame().then(() => {
      if (!stale) current = next;
    });
    return () => {
      stale = true;
    };
  });
  return {
    get current() {
      return current;
    },
  };
}
