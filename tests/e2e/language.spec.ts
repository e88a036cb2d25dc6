/** The editor knows the language: what it offers, tells, finds wrong and mends. */
import { expect, test, type Page } from '@playwright/test';
import { Playground } from './playground.ts';

/** The list of completions. */
function suggestions(page: Page) {
  return page.getByRole('listbox', { name: 'Suggest' });
}

test('completion offers directives, stages, images of the mirror, flags and files', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await playground.replaceText('FROM alpine:latest AS base\n');
  await page.keyboard.type('FRO');
  await expect(suggestions(page).getByLabel(/^FROM/)).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(suggestions(page).getByLabel(/^base/)).toBeVisible();
  await expect(suggestions(page).getByLabel(/^alpine/)).toBeVisible();
  await page.keyboard.type('ba');
  await expect(suggestions(page).getByLabel(/^alpine/)).toBeHidden();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('COPY --fr');
  await expect(suggestions(page).getByLabel(/^--from/)).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.type('base he');
  await expect(suggestions(page)).toBeHidden();
  await playground.replaceText('FROM alpine:latest\nCOPY ');
  await page.keyboard.type('hello');
  await expect(suggestions(page).getByLabel(/^helloworld\.go/)).toBeVisible();
});

test('hovering tells of a directive, and what a variable stands for', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await playground.replaceText('FROM alpine:latest\nARG VERSION=3.2\nENV NAME=app-$VERSION\n');
  const editor = playground.editor;
  await editor.getByText('ENV', { exact: true }).hover();
  await expect(page.getByRole('tooltip').getByText('Sets environment variables')).toBeVisible();
  await page.keyboard.press('Escape');
  await editor.getByText('$VERSION', { exact: true }).hover();
  await expect(page.getByRole('tooltip').getByText('unless the build is given another value')).toBeVisible();
});

test('a check is found as one types, and its quick fix mends the line', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await playground.replaceText('FROM alpine:3\nRUN apk add curl');
  await page.getByRole('tab', { name: /Problems/ }).click();
  await expect(page.getByText('use "apk add --no-cache"')).toBeVisible();
  await playground.textbox().focus();
  await page.keyboard.press('ControlOrMeta+.');
  await page.getByRole('option', { name: 'Add --no-cache' }).click();
  await expect(playground.editor.getByText('--no-cache', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('use "apk add --no-cache"')).toBeHidden();
});

test('a stage is renamed wherever it is named', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await playground.replaceText('FROM alpine:3 AS old\nFROM alpine:3\nCOPY --from=old');
  await page.keyboard.press('F2');
  const input = page.getByRole('textbox', { name: /Rename input/ });
  await input.fill('fresh');
  await input.press('Enter');
  await expect(
    playground.editor
      .getByText('AS fresh', { exact: false })
      .or(playground.editor.getByText('fresh', { exact: true }))
      .first(),
  ).toBeVisible();
  await expect(playground.editor.getByText('old', { exact: false })).toHaveCount(0);
});
