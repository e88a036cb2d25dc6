/** The page itself, in the place of the shell that index.html shows before it. */
import { flushSync, mount } from 'svelte';
import App from './App.svelte';
import type { Clients } from './engine/connect.ts';
import { keepOffline } from './offline/register.ts';
import type { Beginning } from './state/beginning.ts';
import './ui/layer-patterns.css';

/** Mounts the page. */
export function start(clients: Clients, beginning: Beginning): void {
  const target = document.getElementById('strata');
  if (target === null) throw new Error('The page has no place for Strata.');
  const shell = [...target.children];
  mount(App, { target, props: { ...clients, beginning, keepOffline } });
  // the editor takes the shell's text field over, which must not leave the page meanwhile
  flushSync();
  for (const each of shell) each.remove();
}
