import { expect, test } from 'vitest';
import { createHostGate } from './host-gate.ts';

const gate = () =>
  createHostGate(
    () => Promise.resolve(new Response('there')),
    (url) => url.host === 'page.example',
  );
const ask = (url: string): Request => new Request(url);

test('an open gate lets everything through', async () => {
  expect(await (await gate().transport(ask('https://anywhere.example/a'))).text()).toBe('there');
});

test('a closed one lets through the page’s own host and those allowed, by host and port', async () => {
  const { transport, restrictTo } = gate();
  restrictTo(['localhost:5000']);
  for (const url of ['https://page.example/mirror/x', 'http://localhost:5000/v2/']) {
    expect((await transport(ask(url))).ok).toBe(true);
  }
  await expect(transport(ask('http://localhost:5001/v2/'))).rejects.toMatchObject({
    code: 'denied',
    data: { host: 'localhost:5001', why: 'not-allowed' },
  });
});

test('who listens hears of each refusal, until told to stop; opened again, nothing is refused', async () => {
  const { transport, restrictTo, onRefused } = gate();
  const heard: string[] = [];
  const stop = onRefused((host) => heard.push(host));
  restrictTo([]);
  await expect(transport(ask('https://one.example/'))).rejects.toThrow('one.example');
  stop();
  await expect(transport(ask('https://two.example/'))).rejects.toThrow('two.example');
  restrictTo(undefined);
  await transport(ask('https://three.example/'));
  expect(heard).toEqual(['one.example']);
});
