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
  const wide = { width: 900, notes: 0 };
  expect(wantedHeight({ ...wide, lines: 1 }, ['editor'])).toBe(wantedHeight({ ...wide, lines: 3 }, ['layers']));
  expect(wantedHeight({ ...wide, lines: 20 }, ['editor'])).toBeGreaterThan(
    wantedHeight({ ...wide, lines: 16 }, ['editor']),
  );
  expect(wantedHeight({ ...wide, lines: 1000 }, ['editor'])).toBe(758);
});

it('asks for more where the views lie one below the other, and for the notes above them', () => {
  const space = { lines: 3, notes: 0 };
  const beside = wantedHeight({ ...space, width: 900 }, ['editor', 'layers', 'files']);
  expect(wantedHeight({ ...space, width: 390 }, ['editor', 'layers', 'files'])).toBeGreaterThan(beside);
  expect(wantedHeight({ ...space, width: 390 }, ['editor'])).toBe(wantedHeight({ ...space, width: 900 }, ['editor']));
  expect(wantedHeight({ ...space, width: 900, notes: 40 }, ['layers'])).toBe(beside + 40);
});

it('a project that fits no link is embedded from an address', () => {
  const snippet = embedSnippet('https://strata.example/', `p=2.${'A'.repeat(40_000)}`, ['layers'], 'big');
  expect(snippet).toContain('src="https://strata.example/?embed=layers&amp;from=ADDRESS"');
});
