/** The docker terminal as a person uses it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { projectAddress } from './starting-project.ts';

/** The tab with its terminal; what it shows is read as a screen reader reads it. */
export class DockerTerminal {
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
    await this.#answered(output);
  }

  /** Pastes a line as from a page, enters it, and waits for what it shows. */
  async sayPasted(line: string, output: string | RegExp): Promise<void> {
    const textbox = this.region.getByRole('textbox');
    await textbox.focus();
    await textbox.evaluate((element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, line);
    await this.page.keyboard.press('Enter');
    await this.#answered(output);
  }

  async type(line: string): Promise<void> {
    await this.region.getByRole('textbox').focus();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  async shows(output: string | RegExp): Promise<void> {
    await expect(this.region.getByRole('list')).toContainText(output, { timeout: 60_000 });
  }

  async #answered(output: string | RegExp): Promise<void> {
    await this.shows(output);
    await expect(this.lastRow()).toHaveText(/\$\s*$/, { timeout: 60_000 });
  }

  /** The last row that is not blank. */
  lastRow(): Locator {
    return this.region.getByRole('listitem').filter({ hasText: /\S/ }).last();
  }
}
