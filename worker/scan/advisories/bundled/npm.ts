/** Advisories of npm's packages, by GitHub's advisory database. */
import { affected, githubAdvisory, type AdvisoryRow, type AffectedRow } from './advisory-row.ts';

const npm = (name: string, fixed?: string, introduced?: string): readonly AffectedRow[] =>
  affected(['npm'], name, fixed, introduced);

export const NPM_ADVISORIES: readonly AdvisoryRow[] = [
  githubAdvisory(
    'CVE-2019-10744',
    'CRITICAL',
    'lodash: defaultsDeep lets an object change the prototype of all.',
    npm('lodash', '4.17.12'),
  ),
  githubAdvisory(
    'CVE-2020-8203',
    'HIGH',
    'lodash: zipObjectDeep lets paths change the prototype of all objects.',
    npm('lodash', '4.17.19', '3.7.0'),
  ),
  githubAdvisory(
    'CVE-2021-23337',
    'HIGH',
    'lodash: the variable option of template runs code of whoever sets it.',
    npm('lodash', '4.17.21'),
  ),
  githubAdvisory(
    'CVE-2020-28500',
    'MEDIUM',
    'lodash: trim and toNumber take very long for texts of many blanks.',
    npm('lodash', '4.17.21'),
  ),
  githubAdvisory(
    'CVE-2021-44906',
    'CRITICAL',
    'minimist: arguments with a constructor in their path change the prototype of all objects.',
    [...npm('minimist', '0.2.4'), ...npm('minimist', '1.2.6', '1.0.0')],
  ),
  githubAdvisory(
    'CVE-2022-0235',
    'HIGH',
    'node-fetch: cookies and authorisation are sent on to another host after a redirection.',
    npm('node-fetch', '2.6.7'),
  ),
  githubAdvisory(
    'CVE-2025-27152',
    'HIGH',
    'axios: an absolute address wins over baseURL, so that requests with credentials may go elsewhere.',
    npm('axios', '1.8.2', '1.0.0'),
  ),
  githubAdvisory(
    'CVE-2025-58754',
    'HIGH',
    'axios: data: addresses are decoded whole into memory, whatever maxContentLength says.',
    npm('axios', '1.12.0', '1.0.0'),
  ),
  githubAdvisory(
    'CVE-2024-43796',
    'LOW',
    'express: redirect to an untrusted address can be made to run a script.',
    npm('express', '4.20.0'),
  ),
  githubAdvisory(
    'CVE-2024-45590',
    'HIGH',
    'body-parser: with URL encoding on, a crafted body keeps the server busy.',
    npm('body-parser', '1.20.3'),
  ),
  githubAdvisory(
    'CVE-2024-45296',
    'HIGH',
    'path-to-regexp: two parameters in one segment give an expression that backtracks without end.',
    npm('path-to-regexp', '0.1.10'),
  ),
  githubAdvisory(
    'CVE-2024-47764',
    'LOW',
    'cookie: names and paths with characters that are not allowed change other fields of the cookie.',
    npm('cookie', '0.7.0'),
  ),
  githubAdvisory(
    'CVE-2025-15284',
    'HIGH',
    'qs: arrayLimit is not applied to brackets, so that a query takes all memory.',
    npm('qs', '6.14.1'),
  ),
  githubAdvisory(
    'CVE-2024-37890',
    'HIGH',
    'ws: a request with very many headers crashes the server.',
    npm('ws', '8.17.1', '8.0.0'),
  ),
  githubAdvisory('CVE-2024-4068', 'HIGH', 'braces: unbalanced braces take all memory.', npm('braces', '3.0.3')),
  githubAdvisory(
    'CVE-2024-4067',
    'MEDIUM',
    'micromatch: its expression for braces takes very long for long texts.',
    npm('micromatch', '4.0.8'),
  ),
  githubAdvisory('CVE-2024-21538', 'HIGH', 'cross-spawn: escaping a crafted argument takes very long.', [
    ...npm('cross-spawn', '6.0.6'),
    ...npm('cross-spawn', '7.0.5', '7.0.0'),
  ]),
  githubAdvisory('CVE-2022-25883', 'HIGH', 'semver: reading a crafted range takes very long.', [
    ...npm('semver', '5.7.2'),
    ...npm('semver', '6.3.1', '6.0.0'),
    ...npm('semver', '7.5.2', '7.0.0'),
  ]),
  githubAdvisory(
    'CVE-2024-28863',
    'MEDIUM',
    'tar: an archive with very deep folders takes all memory and time.',
    npm('tar', '6.2.1'),
  ),
  githubAdvisory(
    'CVE-2026-23745',
    'HIGH',
    'tar: links of an archive may point out of the directory it is unpacked to.',
    npm('tar', '7.5.3'),
  ),
  githubAdvisory(
    'CVE-2025-64756',
    'HIGH',
    'glob: its command line runs what stands in names of files when -c is given.',
    [...npm('glob', '10.5.0', '10.2.0'), ...npm('glob', '11.1.0', '11.0.0')],
  ),
  githubAdvisory(
    'CVE-2025-64718',
    'MEDIUM',
    'js-yaml: a merge key named __proto__ changes the prototype of the result.',
    [...npm('js-yaml', '3.14.2'), ...npm('js-yaml', '4.1.1', '4.0.0')],
  ),
  githubAdvisory(
    'CVE-2025-7783',
    'CRITICAL',
    'form-data: boundaries can be foretold, so that a value adds fields of its own.',
    [...npm('form-data', '2.5.4'), ...npm('form-data', '3.0.4', '3.0.0'), ...npm('form-data', '4.0.4', '4.0.0')],
  ),
  githubAdvisory('CVE-2025-5889', 'LOW', 'brace-expansion: a crafted pattern takes very long.', [
    ...npm('brace-expansion', '1.1.12'),
    ...npm('brace-expansion', '2.0.2', '2.0.0'),
  ]),
  githubAdvisory(
    'CVE-2022-23540',
    'MEDIUM',
    'jsonwebtoken: verify without a list of algorithms takes tokens that are not signed.',
    npm('jsonwebtoken', '9.0.0'),
  ),
  githubAdvisory(
    'CVE-2025-29927',
    'CRITICAL',
    'next: a header makes the server leave out its middleware, and the checks in it.',
    [...npm('next', '14.2.25', '14.0.0'), ...npm('next', '15.2.3', '15.0.0')],
  ),
  githubAdvisory(
    'CVE-2024-29415',
    'HIGH',
    'ip: isPublic takes some spellings of private addresses for public ones.',
    npm('ip'),
  ),
];
