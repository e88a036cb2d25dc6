/** What the test runners report as JSON: how many tests passed, and which did not. */

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A line for each test that failed, and for each that passed only when it was tried again. */
  readonly remarks: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Vitest's report, in the form of Jest's. */
export function countVitest(report: string): Count {
  const json = fieldsOf(JSON.parse(report));
  const files = listOf(json['testResults']);
  const failedTests = files.flatMap((file) =>
    listOf(file['assertionResults'])
      .filter((test) => test['status'] === 'failed')
      .map((test) => `failed: ${textOf(test['fullName'])}`),
  );
  const unread = files
    .filter((file) => file['status'] === 'failed' && listOf(file['assertionResults']).length === 0)
    .map((file) => `failed: ${textOf(file['name'])}`);
  return {
    passed: numberOf(json['numPassedTests']),
    failed: failedTests.length + unread.length,
    skipped: numberOf(json['numPendingTests']),
    remarks: [...failedTests, ...unread],
  };
}

/** Playwright's report: suites in suites, with the tests as specs. */
export function countPlaywright(report: string): Count {
  const json = fieldsOf(JSON.parse(report));
  const specs = listOf(json['suites']).flatMap(specsBelow);
  const outcome = (spec: Fields): string => textOf(listOf(spec['tests'])[0]?.['status']);
  const having = (status: string): readonly Fields[] => specs.filter((spec) => outcome(spec) === status);
  const named = (spec: Fields): string => `${textOf(spec['file'])} › ${textOf(spec['title'])}`;
  const [failed, flaky] = [having('unexpected'), having('flaky')];
  return {
    passed: having('expected').length + flaky.length,
    failed: failed.length,
    skipped: having('skipped').length,
    remarks: [
      ...failed.map((spec) => `failed: ${named(spec)}`),
      ...flaky.map((spec) => `passed at the second try only: ${named(spec)}`),
    ],
  };
}

function specsBelow(suite: Fields): readonly Fields[] {
  return [...listOf(suite['specs']), ...listOf(suite['suites']).flatMap(specsBelow)];
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
