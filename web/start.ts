/** The page itself, in the place of the shell that index.html shows before it. */
import { mount } from 'svelte';
import App from './App.svelte';
import type { Clients } from './engine/connect.ts';
import { keepOffline } from './offline/register.ts';
import './ui/layer-patterns.css';

/** Mounts the page. */
export function start(clients: Clients): void {
  const target = document.getElementById('strata');
  if (target === null) throw new Error('The page has no place for Strata.');
  target.replaceChildren();
  mount(App, { target, props: { ...clients, keepOffline } });
}
