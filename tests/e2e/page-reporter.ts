// Prints at the end what the pages of failed journeys showed, because of a run elsewhere often nothing but its last lines are kept.
import { readFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from 'playwright/types/testReporter';

/** Playwright's own description of a failure, with the page as a tree of roles and names. */
const ATTACHMENT = 'error-context';
const TREE = /```yaml\n(.*?)```/s;
const LINES = 60;

export default class PageReporter implements Reporter {
  private readonly pages: string[] = [];

  onTestEnd(test: TestCase, { status, attachments }: TestResult): void {
    const path = attachments.find(({ name }) => name === ATTACHMENT)?.path;
    if (status === test.expectedStatus || path === undefined) return;
    const tree = TREE.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
    // What every page begins with says nothing.
    const main = tree.slice(Math.max(0, tree.indexOf('- main')));
    this.pages.push(`\nThe page of “${test.title}”:\n${main.split('\n').slice(0, LINES).join('\n')}`);
  }

  onEnd(): void {
    for (const page of this.pages) console.log(page);
  }

  printsToStdio(): boolean {
    return false;
  }
}
