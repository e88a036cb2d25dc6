/** The real page on a fake engine: for looking at panels without building anything. Served by `vite`, never shipped. */
import { mount } from 'svelte';
import App from '../../web/App.svelte';
import { Workspace } from '../../web/state/workspace.svelte.ts';
import { fixtureEngine, fixtureLanguage } from './fixture-engine.ts';
import '../../web/ui/tokens.css';
import '../../web/ui/base.css';
import '../../web/ui/layer-patterns.css';

const target = document.getElementById('strata');
const beginning = { version: 'fixture' };
const workspace = new Workspace(fixtureEngine(), fixtureLanguage(), beginning);
if (target !== null) mount(App, { target, props: { workspace, started: workspace.start() } });
