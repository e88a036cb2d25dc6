/** Where something was scrolled to, kept while it is not on screen. */
import type { Attachment } from 'svelte/attachments';

export interface ScrollPlace {
  px: number;
  /** It shows its end, and is to stay there while it grows. */
  atEnd: boolean;
}

/**
 * Scrolls an element to where `place` was left, and tells it from then on. What comes later than the element is waited for, until the
 * place is reached or a person scrolls.
 */
export function scrollPlace(place: ScrollPlace): Attachment<HTMLElement> {
  return (element) => {
    let wantedPx = place.px > 0 ? place.px : undefined;
    const go = (): void => {
      if (wantedPx === undefined) return;
      element.scrollTop = wantedPx;
      if (element.scrollTop >= wantedPx - 1) leave();
    };
    const grown = new MutationObserver(go);
    const leave = (): void => {
      wantedPx = undefined;
      grown.disconnect();
    };
    const told = (): void => {
      if (wantedPx === undefined) place.px = element.scrollTop;
    };
    if (wantedPx !== undefined) grown.observe(element, { childList: true, subtree: true });
    go();
    element.addEventListener('scroll', told, { passive: true });
    for (const event of TAKEN_OVER) element.addEventListener(event, leave, { passive: true });
    return () => {
      leave();
      element.removeEventListener('scroll', told);
      for (const event of TAKEN_OVER) element.removeEventListener(event, leave);
    };
  };
}

/** By these a person scrolls. */
const TAKEN_OVER = ['wheel', 'pointerdown', 'keydown', 'touchstart'];
