/** Holds Strata to what a real Docker Engine made of the golden build cases. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseEnvironment } from '../../worker/host/node/case-record.ts';
import { openCaseEnvironment } from '../../worker/host/node/case-environment.ts';
import { caseNames, runCase } from './cases.ts';
import { KNOWN_FAILURES } from './known-failures.ts';

describe('golden build cases', () => {
  let environment: CaseEnvironment;
  beforeAll(async () => {
    environment = await openCaseEnvironment();
  });

  it.each(caseNames())('%s is what Docker makes of it, or is known not to be', async (name) => {
    const verdict = await runCase(name, environment);
    const known = KNOWN_FAILURES.get(name);
    if (known === undefined) expect(verdict).toEqual({ kind: 'equal' });
    else expect(verdict.kind, `passes now: take it off the list (${known})`).not.toBe('equal');
  });

  it('the list of known failures names cases that exist', () => {
    expect(caseNames()).toEqual(expect.arrayContaining([...KNOWN_FAILURES.keys()]));
  });
});
