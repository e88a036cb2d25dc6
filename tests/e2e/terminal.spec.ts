/** The docker terminal, as a person types in it. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { projectAddress } from './starting-project.ts';

// the project is built meanwhile, and the machine has images to pull
test.slow();

/** The tab with its terminal; what it shows is read as a screen reader reads it. */
class DockerTerminal {
  readonly page: Page;
  readonly region: Locator;

  constructor(page: Page) {
    this.page = page;
    this.region = page.getByRole('region', { name: /^Docker terminal/ });
  }

  async open(): Promise<void> {
    await this.page.goto(await projectAddress());
    await this.page.getByRole('tab', { name: 'Terminal' }).click();
    await this.shows(/~\/project \$/);
  }

  /** Types a line, and waits for what it shows. */
  async say(line: string, output: string | RegExp): Promise<void> {
    await this.type(line);
    await this.shows(output);
    await expect(this.lastRow()).toHaveText(/\$\s*$/, { timeout: 60_000 });
  }

  async type(line: string): Promise<void> {
    await this.region.getByRole('textbox').focus();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  async shows(output: string | RegExp): Promise<void> {
    await expect(this.region.getByRole('list')).toContainText(output, { timeout: 60_000 });
  }

  /** The last row that is not blank. */
  lastRow(): Locator {
    return this.region.getByRole('listitem').filter({ hasText: /\S/ }).last();
  }
}

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
