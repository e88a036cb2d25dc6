/** Advisories of Python's packages, by GitHub's advisory database and PyPA's. */
import { affected, githubAdvisory, type AdvisoryRow, type AffectedRow } from './advisory-row.ts';

const pypi = (name: string, fixed: string, introduced?: string): readonly AffectedRow[] =>
  affected(['PyPI'], name, fixed, introduced);

export const PYPI_ADVISORIES: readonly AdvisoryRow[] = [
  githubAdvisory(
    'CVE-2025-64459',
    'CRITICAL',
    'Django: the arguments _connector of filter and its kin let a request write SQL.',
    [...pypi('django', '4.2.26', '4.2'), ...pypi('django', '5.1.14', '5.1'), ...pypi('django', '5.2.8', '5.2')],
  ),
  githubAdvisory(
    'CVE-2025-59681',
    'HIGH',
    'Django: names of annotations from a request become SQL on MySQL and MariaDB.',
    [...pypi('django', '4.2.25', '4.2'), ...pypi('django', '5.1.13', '5.1'), ...pypi('django', '5.2.7', '5.2')],
  ),
  githubAdvisory('CVE-2025-57833', 'HIGH', 'Django: names of filtered relations from a request become SQL.', [
    ...pypi('django', '4.2.24', '4.2'),
    ...pypi('django', '5.1.12', '5.1'),
    ...pypi('django', '5.2.6', '5.2'),
  ]),
  githubAdvisory(
    'CVE-2026-21441',
    'HIGH',
    'urllib3: the body of a redirection is unpacked whole, whatever limit the caller set.',
    pypi('urllib3', '2.6.3', '1.22'),
  ),
  githubAdvisory(
    'CVE-2025-66418',
    'HIGH',
    'urllib3: a server can chain compressions without limit.',
    pypi('urllib3', '2.6.0', '1.24'),
  ),
  githubAdvisory(
    'CVE-2025-66471',
    'HIGH',
    'urllib3: reading a piece of a compressed answer may unpack all of it.',
    pypi('urllib3', '2.6.0', '1.0'),
  ),
  githubAdvisory(
    'CVE-2025-66221',
    'MEDIUM',
    'Werkzeug: on Windows, safe_join lets names of devices pass.',
    pypi('werkzeug', '3.1.4'),
  ),
  githubAdvisory(
    'CVE-2024-34069',
    'HIGH',
    'Werkzeug: who lures a developer to a page can run code through the debugger.',
    pypi('werkzeug', '3.0.3'),
  ),
  githubAdvisory(
    'CVE-2025-62727',
    'HIGH',
    'Starlette: a crafted Range header takes time that grows with the square of its length.',
    pypi('starlette', '0.49.1', '0.39.0'),
  ),
  githubAdvisory(
    'CVE-2025-8869',
    'MEDIUM',
    'pip: unpacking a source archive on older Pythons follows links out of its directory.',
    pypi('pip', '25.3'),
  ),
  githubAdvisory(
    'CVE-2026-24049',
    'HIGH',
    'wheel: unpacking a wheel changes modes of files outside its directory.',
    pypi('wheel', '0.46.2', '0.40.0'),
  ),
  githubAdvisory(
    'CVE-2025-47273',
    'HIGH',
    'setuptools: PackageIndex writes a download to a path that its address names.',
    pypi('setuptools', '78.1.1'),
  ),
  githubAdvisory(
    'CVE-2024-6345',
    'HIGH',
    'setuptools: addresses of packages are run as commands.',
    pypi('setuptools', '70.0.0'),
  ),
  githubAdvisory(
    'CVE-2024-47081',
    'MEDIUM',
    'Requests: a crafted address makes it send the password of a .netrc to another host.',
    pypi('requests', '2.32.4'),
  ),
  githubAdvisory(
    'CVE-2025-27516',
    'MEDIUM',
    'Jinja: the filter attr reaches str.format from a sandboxed template.',
    pypi('jinja2', '3.1.6'),
  ),
  githubAdvisory(
    'CVE-2023-37920',
    'HIGH',
    'certifi: certificates of e-Tugra are still trusted.',
    pypi('certifi', '2023.7.22', '2015.4.28'),
  ),
  githubAdvisory(
    'CVE-2023-50447',
    'CRITICAL',
    'Pillow: ImageMath.eval runs code through the names it is given.',
    pypi('pillow', '10.2.0'),
  ),
  githubAdvisory(
    'CVE-2024-26130',
    'HIGH',
    'cryptography: a PKCS#12 file with a key that does not fit its certificate crashes the process.',
    pypi('cryptography', '42.0.4', '38.0.0'),
  ),
  githubAdvisory('CVE-2023-30861', 'HIGH', 'Flask: a proxy may hand one client’s session cookie to others.', [
    ...pypi('flask', '2.2.5'),
    ...pypi('flask', '2.3.2', '2.3.0'),
  ]),
  githubAdvisory(
    'CVE-2025-69223',
    'HIGH',
    'aiohttp: a compressed request unpacks to more than the memory there is.',
    pypi('aiohttp', '3.13.3'),
  ),
  githubAdvisory(
    'CVE-2024-1135',
    'HIGH',
    'Gunicorn: Transfer-Encoding headers in conflict let a request hide behind another.',
    pypi('gunicorn', '22.0.0'),
  ),
  githubAdvisory(
    'CVE-2025-47287',
    'HIGH',
    'Tornado: malformed multipart bodies make it log without end.',
    pypi('tornado', '6.5'),
  ),
  githubAdvisory(
    'CVE-2024-4340',
    'HIGH',
    'sqlparse: deeply nested lists exceed the recursion limit.',
    pypi('sqlparse', '0.5.0'),
  ),
  githubAdvisory('CVE-2024-3651', 'MEDIUM', 'idna: encoding a crafted name takes very long.', pypi('idna', '3.7')),
  githubAdvisory(
    'CVE-2020-14343',
    'CRITICAL',
    'PyYAML: full_load runs code that a document names.',
    pypi('pyyaml', '5.4'),
  ),
];
