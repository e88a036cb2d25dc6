/** Advisories of Alpine's packages, by its security tracker (security.alpinelinux.org); names are of source packages. */
import { affected, type AdvisoryRow } from './advisory-row.ts';

const tracker = (id: string): string => `https://security.alpinelinux.org/vuln/${id}`;

function row(
  id: string,
  severity: AdvisoryRow['severity'],
  summary: string,
  rows: AdvisoryRow['affected'],
): AdvisoryRow {
  return { id, severity, summary, url: tracker(id), affected: rows };
}

export const ALPINE_ADVISORIES: readonly AdvisoryRow[] = [
  row(
    'CVE-2025-15467',
    'CRITICAL',
    'OpenSSL: a CMS message with an oversized initialisation vector overflows the stack before it is authenticated.',
    [
      ...affected(['Alpine:v3.22'], 'openssl', '3.5.5-r0'),
      ...affected(['Alpine:v3.20', 'Alpine:v3.21'], 'openssl', '3.3.6-r0'),
    ],
  ),
  row(
    'CVE-2025-9230',
    'HIGH',
    'OpenSSL: decrypting a CMS message with a password reads and writes outside its buffer.',
    [
      ...affected(['Alpine:v3.22'], 'openssl', '3.5.4-r0'),
      ...affected(['Alpine:v3.20', 'Alpine:v3.21'], 'openssl', '3.3.5-r0'),
    ],
  ),
  row('CVE-2025-9231', 'MEDIUM', 'OpenSSL: the time SM2 signatures take on 64 bit ARM may tell the private key.', [
    ...affected(['Alpine:v3.22'], 'openssl', '3.5.4-r0'),
    ...affected(['Alpine:v3.20', 'Alpine:v3.21'], 'openssl', '3.3.5-r0'),
  ]),
  row(
    'CVE-2025-9232',
    'LOW',
    'OpenSSL: its HTTP client reads past a buffer when no_proxy is set and the host is an IPv6 address.',
    [
      ...affected(['Alpine:v3.22'], 'openssl', '3.5.4-r0'),
      ...affected(['Alpine:v3.20', 'Alpine:v3.21'], 'openssl', '3.3.5-r0'),
    ],
  ),
  row(
    'CVE-2025-4575',
    'LOW',
    'OpenSSL 3.5.0: openssl x509 -addreject marks a use of a certificate as trusted where it should be rejected.',
    [...affected(['Alpine:v3.22'], 'openssl', '3.5.1-r0', '3.5.0-r0')],
  ),
  row(
    'CVE-2024-12797',
    'HIGH',
    'OpenSSL: clients that use raw public keys do not notice that the server was not authenticated.',
    [...affected(['Alpine:v3.20', 'Alpine:v3.21'], 'openssl', '3.3.3-r0')],
  ),
  row(
    'CVE-2024-9143',
    'LOW',
    'OpenSSL: curves over binary fields with untrusted parameters lead to writes outside a buffer.',
    [...affected(['Alpine:v3.20'], 'openssl', '3.3.2-r1')],
  ),
  row(
    'CVE-2025-26519',
    'HIGH',
    'musl: iconv from EUC-KR to UTF-8 writes outside its buffer when the text comes from an attacker.',
    [
      ...affected(['Alpine:v3.20'], 'musl', '1.2.5-r1'),
      ...affected(['Alpine:v3.21'], 'musl', '1.2.5-r9'),
      ...affected(['Alpine:v3.18'], 'musl', '1.2.4-r3'),
    ],
  ),
  row(
    'CVE-2025-46394',
    'LOW',
    'BusyBox: tar lists names with escape sequences as they are, so that a terminal hides files of an archive.',
    [
      ...affected(['Alpine:v3.22'], 'busybox', '1.37.0-r20'),
      ...affected(['Alpine:v3.21'], 'busybox', '1.37.0-r14'),
      ...affected(['Alpine:v3.20'], 'busybox', '1.36.1-r31'),
    ],
  ),
  row(
    'CVE-2024-58251',
    'LOW',
    'BusyBox: netstat prints process names with escape sequences, by which a user locks another one’s terminal.',
    [
      ...affected(['Alpine:v3.22'], 'busybox', '1.37.0-r20'),
      ...affected(['Alpine:v3.21'], 'busybox', '1.37.0-r14'),
      ...affected(['Alpine:v3.20'], 'busybox', '1.36.1-r31'),
    ],
  ),
  row(
    'CVE-2026-22184',
    'HIGH',
    'zlib: its program untgz copies the name of an archive into a buffer that may be too small for it.',
    [...affected(['Alpine:v3.21', 'Alpine:v3.22'], 'zlib', '1.3.2-r0')],
  ),
  row('CVE-2025-59375', 'HIGH', 'Expat: a small XML document makes the parser allocate very much memory.', [
    ...affected(['Alpine:v3.21', 'Alpine:v3.22'], 'expat', '2.7.2-r0'),
  ]),
  row('CVE-2025-6965', 'HIGH', 'SQLite: a query with more aggregate terms than columns corrupts memory.', [
    ...affected(['Alpine:v3.22'], 'sqlite', '3.49.2-r1'),
  ]),
  row(
    'CVE-2025-49794',
    'CRITICAL',
    'libxml2: a Schematron schema with XPath elements makes the parser use memory that it has freed.',
    [...affected(['Alpine:v3.21', 'Alpine:v3.22'], 'libxml2', '2.13.9-r0')],
  ),
  row('CVE-2025-49796', 'CRITICAL', 'libxml2: sch:name elements of a Schematron document corrupt memory.', [
    ...affected(['Alpine:v3.21', 'Alpine:v3.22'], 'libxml2', '2.13.9-r0'),
  ]),
  row('CVE-2025-6021', 'HIGH', 'libxml2: building a qualified name overflows an integer, and with it the stack.', [
    ...affected(['Alpine:v3.21', 'Alpine:v3.22'], 'libxml2', '2.13.9-r0'),
  ]),
  row('CVE-2025-32414', 'HIGH', 'libxml2: its Python bindings count characters as bytes and read outside a buffer.', [
    ...affected(['Alpine:v3.21'], 'libxml2', '2.13.4-r6'),
  ]),
  row(
    'CVE-2025-32415',
    'HIGH',
    'libxml2: validating a document against an XML schema reads before the start of a buffer.',
    [...affected(['Alpine:v3.21'], 'libxml2', '2.13.4-r6')],
  ),
  row(
    'CVE-2025-9086',
    'HIGH',
    'curl: comparing the paths of cookies reads past a buffer, and lets a plain site override a secure cookie.',
    [...affected(['Alpine:v3.20', 'Alpine:v3.21', 'Alpine:v3.22'], 'curl', '8.14.1-r2')],
  ),
  row(
    'CVE-2025-10148',
    'MEDIUM',
    'curl: WebSocket frames all have one mask, so that a server can make a proxy store what it likes.',
    [...affected(['Alpine:v3.20', 'Alpine:v3.21', 'Alpine:v3.22'], 'curl', '8.14.1-r2')],
  ),
];
