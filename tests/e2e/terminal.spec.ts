/** The docker terminal, as a person types in it. */
import { expect, test } from '@playwright/test';
import { DockerTerminal } from './docker-terminal.ts';

// the project is built meanwhile, and the machine has images to pull
test.slow();

test('docker commands, files both ways, and Ctrl-C', async ({ page }) => {
  const terminal = new DockerTerminal(page);
  await terminal.open();

  await terminal.say('docker images', 'REPOSITORY');
  await terminal.say('ls', 'helloworld.go');
  await terminal.say("printf 'FROM busybox\\nCOPY . /src\\n' > Small", '$');
  await terminal.say('docker build -q -t typed -f Small .', /sha256:[0-9a-f]{64}/);
  await terminal.say('docker run --rm typed ls /src', 'helloworld.go');
  await terminal.say('clear; docker run --rm busybox echo "from $((40 + 2))"', 'from 42');

  await terminal.say('echo made here > note.txt', '$');
  const files = page.getByRole('navigation', { name: 'Build context' });
  await expect(files.getByRole('button', { name: /^note\.txt / })).toBeVisible();
  await terminal.say('rm note.txt', '$');
  await expect(files.getByRole('button', { name: /^note\.txt / })).toHaveCount(0);

  await terminal.say('clear', '$');
  await terminal.type('sleep 100');
  await page.keyboard.press('Control+c');
  await terminal.say('echo "status $?"', 'status 130');
});

test('what a container asks for is typed to it, and Tab completes', async ({ page }) => {
  const terminal = new DockerTerminal(page);
  await terminal.open();

  await terminal.type('docker run --rm -it busybox sh');
  await terminal.shows('/ #');
  await terminal.type('echo "in $(hostname | wc -c)"');
  await terminal.shows('in 13');
  await terminal.type('exit');
  await terminal.say('clear', '$');

  await terminal.region.getByRole('textbox').focus();
  await page.keyboard.type('docker ima');
  await page.keyboard.press('Tab');
  await expect(terminal.lastRow()).toHaveText(/docker image/);
});
