import { flushSync, mount, unmount } from 'svelte';
import { expect, it } from 'vitest';
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
