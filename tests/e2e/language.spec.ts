/** The editor knows the language: what it offers, tells, finds wrong and mends. */
import { expect, test, type Page } from '@playwright/test';
import { Playground } from './playground.ts';
import { dockerfileAddress, projectAddress } from './starting-project.ts';

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

test('what is typed before the editor is whole goes on in it', async ({ page }) => {
  const playground = new Playground(page);
  await page.goto(await dockerfileAddress('FROM alpine\n'));
  await expect(playground.textbox()).toHaveValue('FROM alpine\n');
  await playground.textbox().focus();
  const typed = '# typed from the very first moment on, into one editor and then into the other';
  await page.keyboard.type(typed, { delay: 25 });
  // the caret of a text that was just opened is at its start, in both
  await expect(playground.editor.locator('.view-line').first()).toHaveText(`${typed}FROM alpine`);
});

test('hovering tells of a directive, and what a variable stands for', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openSmall();
  await playground.replaceText('FROM alpine:latest\nARG VERSION=3.2\nENV NAME=app-$VERSION\n');
  await expectHover(playground, 'ENV', 'Sets environment variables');
  await page.keyboard.press('Escape');
  await expectHover(playground, '$VERSION', 'unless the build is given another value');
});

/** Points at a word until it is told about: findings that arrive at that moment take the tip away, and one points again. */
async function expectHover({ page, editor }: Playground, word: string, told: string): Promise<void> {
  await expect(async () => {
    await page.mouse.move(0, 0);
    await editor.getByText(word, { exact: true }).hover();
    await expect(page.getByRole('tooltip').getByText(told)).toBeVisible({ timeout: 3000 });
  }).toPass();
}

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

test('the editor answers while a build holds the other worker', async ({ page }) => {
  const playground = new Playground(page);
  await page.goto(await dockerfileAddress('FROM alpine:3.20\nRUN while :; do :; done\n'));
  await page.getByRole('tab', { name: /Problems/ }).click();
  await expect(playground.line(2)).toContainText('running', { timeout: 60_000 });
  // Built when asked alone: the edits below must not end what is running.
  await page.getByRole('switch', { name: /Live/ }).click();
  await playground.editor.locator('.monaco-editor').first().waitFor();
  await playground.textbox().focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('COPPY a b');
  await expect(page.getByText('unknown instruction: COPPY (did you mean COPY?)').first()).toBeVisible();
  await playground.editor.getByText('RUN', { exact: true }).hover();
  await expect(page.getByRole('tooltip').getByText('Runs a command')).toBeVisible();
  await expect(playground.button('Stop')).toBeEnabled();
  await playground.button('Stop').click();
});

test('a problem is mended, or skipped for a reason, in its panel', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith('FROM alpine:3.20 AS Base\nENV A b\n');
  await page.getByRole('tab', { name: /Problems/ }).click();
  const problems = page.getByRole('list', { name: 'Problems' });
  await problems.getByRole('button', { name: 'Write it in lower case' }).click();
  await expect(playground.editor.getByText('base', { exact: true })).toBeVisible();
  await problems.getByRole('button', { name: /^Skip LegacyKeyValueFormat/ }).click();
  await page.getByRole('menuitem', { name: 'Skip LegacyKeyValueFormat for this instruction' }).click();
  await expect(playground.editor.getByText('# check=skip=LegacyKeyValueFormat')).toBeVisible();
  await expect(page.getByText('No problems')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(problems.getByText('LegacyKeyValueFormat', { exact: true })).toBeVisible();
});

test('the classic view tells a container and an image for each step, and leads to lines', async ({ page }) => {
  const playground = new Playground(page);
  await playground.openWith('FROM alpine:3.20\nRUN echo hello > /greeting\nCMD ["cat", "/greeting"]\n');
  await page.getByRole('tab', { name: 'Classic' }).click();
  const steps = page.getByRole('list', { name: 'Steps of the classic builder' });
  await expect(steps.getByRole('button', { name: 'Step 2/3 : RUN echo hello > /greeting' })).toBeVisible();
  const ran = steps.getByRole('listitem').nth(1);
  await expect(ran).toContainText(/Running in [0-9a-f]{12}/);
  await expect(ran).toContainText(/layer 2, 6.B/);
  await expect(steps.getByRole('listitem').nth(2)).toContainText('no layer, only configuration');
  await ran.getByRole('button', { name: /^Step 2/ }).click();
  await expect(playground.textbox()).toBeFocused();
});

test('the context says of each file whether it is sent, what decided and what reads it, with thousands of them', async ({
  page,
}) => {
  const files = {
    Dockerfile: 'FROM alpine:3.20\nCOPY a.txt /\n',
    'a.txt': 'a',
    'b.log': 'b',
    '.dockerignore': '*.log\n',
  };
  const playground = new Playground(page);
  await playground.open(await projectAddress(files));
  const context = page.getByRole('navigation', { name: 'Build context' });
  const buffer = Buffer.from('x');
  const many = Array.from({ length: 2_000 }, (_, i) => ({ name: `file${i}.txt`, mimeType: 'text/plain', buffer }));
  await context.getByLabel('Files to upload').setInputFiles(many);
  await expect(context.getByRole('button', { name: /^file0\.txt/ })).toBeVisible();
  expect(await context.getByRole('listitem').count()).toBeLessThan(100);
  await context.getByRole('button', { name: /^b\.log/ }).hover();
  await expect(context.getByText('Stays out of the build, by line 1 of .dockerignore: *.log')).toBeVisible();
  await context.getByRole('button', { name: /^a\.txt.*read by COPY at line 2/ }).focus();
  await context.getByRole('button', { name: 'COPY, line 2' }).click();
  await expect(playground.textbox()).toBeFocused();
  await context.getByRole('button', { name: /^a\.txt/ }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(context.getByRole('button', { name: /^\.dockerignore/ })).toBeFocused();
});
