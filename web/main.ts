import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './engine/connect.ts';
import { keepOffline } from './offline/register.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/layer-patterns.css';

const target = document.getElementById('strata');
if (target === null) throw new Error('The page has no place for Strata.');
mount(App, { target, props: { ...connect(), keepOffline } });
