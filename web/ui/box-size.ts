import type { Attachment } from 'svelte/attachments';

/**
 * Tells the size of what is inside an element: within the frame it first comes on screen, and whenever it changes. Read at once, as
 * `bind:clientWidth` does, it makes the browser lay out the page in the middle of what is being put on it. While the element is hidden
 * it keeps the size it had: nothing has to be made anew when it is left, or comes back.
 */
export function boxSize(told: (widthPx: number, heightPx: number) => void): Attachment<HTMLElement> {
  return (element) => {
    const observer = new ResizeObserver(([entry]) => {
      const width = Math.round(entry?.contentRect.width ?? 0);
      const height = Math.round(entry?.contentRect.height ?? 0);
      if (width > 0 || height > 0) told(width, height);
    });
    observer.observe(element);
    return () => observer.disconnect();
  };
}
