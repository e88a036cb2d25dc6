/** Texts that do not fit where they stand and end in an ellipsis. */

/** What is cut off in an element and in what is inside it, whole; empty when all of it can be read. */
export function cutTextIn(element: Element): string {
  const cut = [element, ...element.querySelectorAll('*')].filter(isCut);
  return cut.map(wholeText).join('\n');
}

/** Its text ends in an ellipsis. Makes the browser lay out the page where that is due: not for use before a paint. */
export function isCut(element: Element): boolean {
  return element.scrollWidth > element.clientWidth && getComputedStyle(element).textOverflow === 'ellipsis';
}

/** All of a text, in one line. */
export function wholeText(element: Element): string {
  return element.textContent.trim().replace(/\s+/g, ' ');
}
