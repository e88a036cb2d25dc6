import type { Attachment } from 'svelte/attachments';

/**
 * Tells the size of what is inside an element: within the frame it first comes on screen, and whenever it changes. Read at once, as
 * `bind:clientWidth` does, it makes the browser lay out the page in the middle of what is being put on it.
 */
export function boxSize(told: (widthPx: number, heightPx: number) => void): Attachment<HTMLElement> {
  return (element) => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) told(Math.round(entry.contentRect.width), Math.round(entry.contentRect.height));
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}
