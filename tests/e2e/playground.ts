/** The page as a person uses it: by roles and names. */
import { expect, type Locator, type Page } from '@playwright/test';
import { dockerfileAddress, projectAddress } from './starting-project.ts';

/** A build may have to pull both base images first. */
const BUILD_MS = 60_000;

export class Playground {
  readonly page: Page;
  readonly editor: Locator;
  readonly layers: Locator;
  readonly log: Locator;

  constructor(page: Page) {
    this.page = page;
    this.editor = page.getByRole('region', { name: 'Editor' });
    this.layers = page.getByRole('tabpanel', { name: 'Layers' });
    this.log = page.getByRole('list', { name: 'Build log' });
  }

  /** Opens the page on its default project, or at an address, and waits for the first build. */
  async open(address = '/'): Promise<void> {
    await this.page.goto(address);
    await this.built();
  }

  /** Opens the page on a small project with this Dockerfile, and waits for its build. */
  async openWith(dockerfile: string): Promise<void> {
    await this.open(await dockerfileAddress(dockerfile));
  }

  /** Opens the page on a small project: a build of a second, where the default project pulls a compiler. */
  async openSmall(): Promise<void> {
    await this.open(await projectAddress());
  }

  /** Waits until the stack of a finished build is on screen. */
  async built(): Promise<void> {
    await expect(this.layers.getByRole('button').first()).toBeVisible({ timeout: BUILD_MS });
    // the stack grows while it is built
    await expect(this.button('Stop')).toBeDisabled({ timeout: BUILD_MS });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('banner').getByRole('button', { name, exact: true });
  }

  /** The annotation of a line: bytes and state. */
  line(number: number): Locator {
    return this.editor.getByRole('button', { name: new RegExp(`^Line ${number}:`) });
  }

  /** Opens a file of the project in the editor. */
  async openFile(name: string): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Build context' })
      .getByRole('button', { name: new RegExp(`^${name.replace('.', '\\.')}(?:[ ,]|$)`) })
      .click();
    await expect(this.textbox()).toBeAttached();
  }

  textbox(): Locator {
    return this.editor.getByRole('textbox').first();
  }

  /** Replaces everything in the open file, as select all and typing do. */
  async replaceText(text: string): Promise<void> {
    await this.editor.locator('.monaco-editor').first().waitFor();
    await this.textbox().focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
  }

  /** Types a command line for a container of the image and waits for what it prints. */
  async run(commandLine: string, output: string | RegExp): Promise<void> {
    await this.page.getByRole('tab', { name: 'Run' }).click();
    const line = this.page.getByPlaceholder('A command line for the image’s shell');
    await line.fill(commandLine);
    await line.press('Enter');
    await expect(this.page.getByRole('log', { name: 'Output of commands in containers' })).toContainText(output);
  }
}

/** The Dockerfile of the default project, with its last line as given. */
export function courseDockerfile(lastLine = 'CMD ["./helloworld"]'): string {
  return [
    'FROM golang:latest AS compiler',
    'WORKDIR /compiler',
    'COPY ./helloworld.go .',
    'RUN go mod init helloworld',
    'RUN GOOS=linux go build -a -installsuffix cgo -o helloworld .',
    'FROM alpine:latest',
    'WORKDIR /root',
    'COPY --from=compiler /compiler/helloworld ./',
    lastLine,
    '',
  ].join('\n');
}
