import { expect, it } from 'vitest';
import { embedSnippet, embedViews, wantedHeight } from './embed.ts';

it('the views of an address, in the order of the screen; odd ones are left out', () => {
  expect(embedViews('')).toBeUndefined();
  expect(embedViews('?embed=layers,editor')).toEqual(['editor', 'layers']);
  expect(embedViews('?embed=files')).toEqual(['files']);
  expect(embedViews('?embed=')).toEqual(['editor', 'layers']);
  expect(embedViews('?embed=<script>,log')).toEqual(['log']);
});

it('the snippet names the views, holds the project, and quotes its name', () => {
  const snippet = embedSnippet('https://strata.example/', 'p=2.abc', ['editor', 'log'], 'a "b" <c>');
  expect(snippet).toContain('src="https://strata.example/?embed=editor,log#p=2.abc"');
  expect(snippet).toContain('title="a &quot;b&quot; &lt;c> in Strata"');
});

it('asks for as much height as the Dockerfile needs, within bounds', () => {
  expect(wantedHeight(1, ['editor'])).toBe(wantedHeight(3, ['layers']));
  expect(wantedHeight(20, ['editor'])).toBeGreaterThan(wantedHeight(16, ['editor']));
  expect(wantedHeight(1000, ['editor'])).toBe(758);
});
