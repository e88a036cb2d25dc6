/** The whole course in one page, as a learner takes it: text is typed, commands are clicked, and the page says when a step is done. */
import { expect, test, type Locator } from '@playwright/test';
import { LESSONS } from '../../web/lessons/index.ts';
import type { LessonStep, Solution } from '../../web/lessons/lesson.ts';
import { Playground } from './playground.ts';
import { projectAddress } from './starting-project.ts';

test.slow();

/** A learner at the page. */
class Learner {
  readonly playground: Playground;
  readonly lesson: Locator;

  constructor(playground: Playground) {
    this.playground = playground;
    this.lesson = playground.page.getByRole('complementary', { name: 'Lesson' });
  }

  async begin(title: string): Promise<void> {
    const { page } = this.playground;
    await page.getByRole('button', { name: 'Lessons', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: title }).click();
    await this.isAt(title);
  }

  async isAt(title: string): Promise<void> {
    await this.lesson.getByRole('heading', { name: title }).waitFor();
  }

  /** The page has looked, and says what is missing. */
  async isOpen(): Promise<void> {
    await this.verdict(/^(?!\s*Done).*\w/);
  }

  async solve({ solution, run = [] }: LessonStep): Promise<void> {
    for (const [path, text] of Object.entries(solution.files ?? {})) await this.write(path, text);
    await this.runLines(solution, run);
  }

  /** Marks of the steps: each is ticked off. */
  async hasDone(steps: number): Promise<void> {
    await this.verdict(/Done/);
    await this.lesson.getByRole('button', { name: `Step ${steps}, done` }).waitFor();
  }

  async next(name: 'Next' | 'Next lesson'): Promise<void> {
    await this.lesson.getByRole('button', { name, exact: true }).click();
  }

  /** Waits for it as the browser paints: `expect` looks once a second, and there are eighty verdicts. */
  private async verdict(says: RegExp): Promise<void> {
    await this.lesson.getByRole('status').filter({ hasText: says }).waitFor({ timeout: 60_000 });
  }

  private async write(path: string, text: string): Promise<void> {
    const { page } = this.playground;
    const files = page.getByRole('navigation', { name: 'Build context' });
    const isThere =
      (await files.getByRole('button', { name: new RegExp(`^${path.replace('.', '\\.')}(?:[ ,]|$)`) }).count()) > 0;
    if (isThere) await this.playground.openFile(path);
    else {
      await files.getByRole('button', { name: 'New file' }).click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(path);
      await page.keyboard.press('Enter');
    }
    await this.playground.replaceText(text);
  }

  /** The terminal takes lines one after the other: what is clicked while one runs waits for it. */
  private async runLines({ run: lines = [] }: Solution, offered: readonly string[]): Promise<void> {
    for (const line of lines) {
      expect(offered, 'the lesson offers what its solution runs').toContain(line);
      await this.lesson.getByRole('button', { name: line, exact: true }).click();
    }
  }
}

test('all lessons are solved in the page, one after the other', async ({ page }) => {
  const playground = new Playground(page);
  await playground.open(await projectAddress());
  const learner = new Learner(playground);
  const [first] = LESSONS;
  await learner.begin(first?.title ?? '');
  for (const [place, { title, load }] of LESSONS.entries()) {
    await learner.isAt(title);
    const { steps } = (await load()).default;
    for (const [number, step] of steps.entries()) {
      await learner.isOpen();
      await learner.solve(step);
      await learner.hasDone(number + 1);
      if (number + 1 < steps.length) await learner.next('Next');
      else if (place + 1 < LESSONS.length) await learner.next('Next lesson');
    }
  }
  await page.reload();
  await learner.isAt(LESSONS.at(-1)?.title ?? '');
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'done' })).toHaveCount(LESSONS.length);
});
