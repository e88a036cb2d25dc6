/** The page itself, in the place of the shell that index.html shows before it. */
import { flushSync, mount } from 'svelte';
import App from './App.svelte';
import type { Clients } from './engine/connect.ts';
import { keepOffline } from './offline/register.ts';
import type { Beginning } from './state/beginning.ts';
import { Workspace } from './state/workspace.svelte.ts';
import './ui/layer-patterns.css';

/** Mounts the page. */
export async function start({ engine, language }: Clients, beginning: Beginning): Promise<void> {
  const target = document.getElementById('strata');
  if (target === null) throw new Error('The page has no place for Strata.');
  const shell = [...target.children];
  const workspace = new Workspace(engine, language, beginning);
  const started = workspace.start();
  // The first build is on its way before the page's own work begins. Where a text can be edited already, no key may come in between.
  if (beginning.field === undefined) await new Promise((resolve) => setTimeout(resolve));
  mount(App, { target, props: { workspace, started, keepOffline } });
  // the editor takes the shell's text field over, which must not leave the page meanwhile
  flushSync();
  for (const each of shell) each.remove();
}
