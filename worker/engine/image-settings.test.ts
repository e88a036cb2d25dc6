import { expect, it } from 'vitest';
import { imageSettings } from './image-settings.ts';

it('tells what a configuration has, in one order, and nothing of what it has not', () => {
  expect(imageSettings(undefined)).toEqual([]);
  expect(imageSettings({ Labels: {}, Volumes: {} })).toEqual([]);
  expect(
    imageSettings({ Labels: { b: '2', a: '1' }, ExposedPorts: { '80/tcp': {} }, StopSignal: 'SIGQUIT', Shell: ['sh'] }),
  ).toEqual([
    { name: 'Exposed ports', value: '80/tcp' },
    { name: 'Labels', value: 'a=1\nb=2' },
    { name: 'Stop signal', value: 'SIGQUIT' },
    { name: 'Shell', value: '["sh"]' },
  ]);
});
