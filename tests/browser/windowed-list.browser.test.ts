import { flushSync, mount, unmount } from 'svelte';
import { expect, it } from 'vitest';
import AllAtOnceList from './AllAtOnceList.svelte';
import LeavingList from './LeavingList.svelte';

it('a scroll that the browser tells of after the list has left the page is no error', async () => {
  const list = mount(LeavingList, { target: document.body });
  flushSync();
  const viewport = document.querySelector('[aria-label="Rows"]');
  const errors: unknown[] = [];
  const note = (event: ErrorEvent): void => {
    event.preventDefault();
    errors.push(event.error);
  };
  globalThis.addEventListener('error', note);
  document.querySelector('button')?.click();
  flushSync();
  expect(document.querySelector('[aria-label="Rows"]')).toBeNull();
  viewport?.dispatchEvent(new Event('scroll'));
  globalThis.removeEventListener('error', note);
  await unmount(list);
  expect(errors).toEqual([]);
});

it('a jump shows that it was asked for, then what is seen of the new place, scrolled to, and the rows beyond its edges last', async () => {
  const list = mount(AllAtOnceList, { target: document.body });
  const shown = (): string[] => [...document.querySelectorAll('.row')].map(({ textContent }) => textContent);
  await expect.poll(() => shown().length).toBe(13);
  const states = new Set<string>();
  const observer = new MutationObserver(() => states.add(shown().join()));
  observer.observe(document.body, { childList: true, subtree: true });
  document.querySelector('button')?.click();
  flushSync();
  expect(shown()[0]).toBe('row 0');
  const seen = ['row 995', 'row 996', 'row 997', 'row 998', 'row 999'];
  await expect.poll(() => shown().length === 13 && shown().slice(8)).toEqual(seen);
  expect(states).toContain(seen.join());
  expect(document.querySelector('[aria-label="Rows"]')?.scrollTop).toBe(995 * 20);
  observer.disconnect();
  await unmount(list);
});
