/** The real page on a fake engine: for looking at panels without building anything. Served by `vite`, never shipped. */
import { mount } from 'svelte';
import App from '../../web/App.svelte';
import { fixtureEngine, fixtureLanguage } from './fixture-engine.ts';
import '../../web/ui/tokens.css';
import '../../web/ui/base.css';
import '../../web/ui/layer-patterns.css';

const target = document.getElementById('strata');
const beginning = { version: 'fixture' };
if (target !== null) mount(App, { target, props: { engine: fixtureEngine(), language: fixtureLanguage(), beginning } });
