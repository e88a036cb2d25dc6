/** What keeps code out that the page did not bring itself. */
import type { Page } from '@playwright/test';

/** What the page's policy lets run of a script in the document and of a text made code: nothing, it should be. */
export function foreignCodeThatRuns(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const ran: string[] = [];
    Reflect.set(globalThis, 'ran', ran);
    const script = document.createElement('script');
    script.textContent = "globalThis.ran.push('inline')";
    document.head.append(script);
    // in a task of the page's own: what a debugger asks for is exempt
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        try {
          const made: unknown = Reflect.construct(Function, ["globalThis.ran.push('eval')"]);
          if (typeof made === 'function') Reflect.apply(made, undefined, []);
        } catch {
          // refused, as it should be
        }
        resolve();
      });
    });
    return ran;
  });
}
