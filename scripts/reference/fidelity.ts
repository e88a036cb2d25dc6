/** What of Strata is real, what is a replica, what is simulated, and how each was checked: the Help's table. */
import type { FidelityRow } from '../../web/help/reference.ts';
import { lintRules } from '../../worker/dockerfile/lint/index.ts';
import { KNOWN_DIFFERENCES } from '../../tests/golden/known-differences.ts';
import { KNOWN_FAILURES } from '../../tests/golden/known-failures.ts';
import { DIFFERENCES } from '../../tests/oracle/shell/differences.ts';
import {
  countBuilds,
  countCatalogue,
  countHelpTexts,
  countImages,
  countJqFilters,
  countPrograms,
  countShellRuns,
  countTranscripts,
} from './case-counts.ts';
import { countNames, type ListedProgram } from './programs.ts';

/** Adds how many of the cases are known to differ, so that the table never claims more than the tests do. */
function held(text: string, differing: number): string {
  return differing === 0
    ? `${text} None is known to differ.`
    : `${text} ${differing} are known to differ, each with its reason.`;
}

/** One row a part, those that matter most first. */
export function fidelityRows(programs: readonly ListedProgram[]): readonly FidelityRow[] {
  const transcripts = countTranscripts();
  const catalogue = countCatalogue();
  const images = countImages();
  const simulated = programs.filter((program) => program.simulated !== undefined);
  const differing = [...KNOWN_DIFFERENCES.values()].reduce((sum, { commands }) => sum + commands, 0);
  const buildkitRules = lintRules.filter(({ origin }) => origin === 'buildkit').length;
  return [
    {
      part: 'Builds',
      kind: 'real',
      what: 'Parsing, variables, stages, the build context, config, history, layers and the errors with their lines.',
      checked: held(
        'Recorded from a Docker Engine 26.1: config, history and each path of each layer are compared.',
        KNOWN_FAILURES.size,
      ),
      cases: [{ count: countBuilds(), of: 'builds' }],
    },
    {
      part: 'Layers and the union mount',
      kind: 'real',
      what: 'Whiteouts, opaque directories, copy-up, owners, modes, links. Images go to Docker and come from it as archives.',
      checked:
        'The builds above that are about them; the union view against a model of it, with random changes; `docker load`, skopeo and umoci read what is written.',
      cases: [{ count: countBuilds('whiteout', 'cow', 'copy', 'add', 'run'), of: 'of the builds' }],
    },
    {
      part: 'Digests',
      kind: 'real',
      what: 'SHA-256 over real tars, configs and manifests. A build’s times stand still, so that the same project gives the same digest on every machine; Docker’s own builds have the time of day in them, and so other digests.',
      checked: 'Archives and pushed images are verified by Docker, skopeo and a registry.',
      cases: [],
    },
    {
      part: 'The docker command',
      kind: 'real',
      what: 'Output, errors, exit codes, `--format`, `DOCKER_BUILDKIT=0`. What needs a machine (resource limits, devices, plugins) is taken and does nothing.',
      checked: held('Transcripts of a Docker Engine 26.1 and its client 28.2.', differing),
      cases: [
        { count: transcripts.commands, of: `commands in ${transcripts.scripts} scripts` },
        { count: countHelpTexts(), of: 'help texts' },
      ],
    },
    {
      part: 'Build checks',
      kind: 'real',
      what: `${buildkitRules} of BuildKit’s in its words, and ${lintRules.length - buildkitRules} of Strata’s own on layers and their cache.`,
      checked: 'The good and the bad example of each check in Docker’s documentation.',
      cases: [],
    },
    {
      part: 'RUN: the shell',
      kind: 'real',
      what: 'sh and bash with pipes, redirections, substitutions, traps and `set -eux`. Processes, signals, users and permissions are those of a small kernel in this page.',
      checked: held(
        'Recorded from busybox, dash and bash: output, exit code and every file left behind.',
        DIFFERENCES.size,
      ),
      cases: [{ count: countShellRuns(), of: 'runs' }],
    },
    {
      part: 'RUN: programs',
      kind: 'real',
      what: `${countNames(programs) - countNames(simulated)} names (awk, sed, tar, find, jq …) do what the real ones do, in TypeScript: the binaries in images are not executed. A program without a counterpart here says so and ends with 126.`,
      checked: 'As the shell is; jq by filters of its own.',
      cases: [{ count: countJqFilters(), of: 'jq filters' }],
    },
    {
      part: 'Package managers, compilers, languages',
      kind: 'simulated',
      what: `${countNames(simulated)} names (apt-get, apk, pip, npm, go, gcc …) write what the real ones write, with true names, sizes and databases from a catalogue of Debian’s and Alpine’s packages. Nothing is compiled, and the packages’ programs are empty. Each such step is marked.`,
      checked:
        'Logs of apt-get recorded on Debian, and the official Dockerfiles of redis, postgres, httpd, python, node, golang and memcached, as far as their downloads allow.',
      cases: [
        { count: catalogue.debianSources, of: 'Debian source packages' },
        { count: catalogue.alpinePackages, of: 'Alpine packages' },
      ],
    },
    {
      part: 'JavaScript',
      kind: 'simulated',
      what: 'node runs programs in an interpreter of Strata’s own: the language whole but for `with`, and the most used of Node’s modules; packages from npm have no code, express has a stand-in.',
      checked: 'Recorded from Node 20: output, errors and exit status.',
      cases: [{ count: countPrograms('node'), of: 'programs' }],
    },
    {
      part: 'Python',
      kind: 'simulated',
      what: 'python runs programs in an interpreter of Strata’s own: the language but for parts of its asynchronous side, and the most used modules of its library, written anew; packages from PyPI have no code.',
      checked: 'Recorded from Python 3.11: output, tracebacks and exit status.',
      cases: [{ count: countPrograms('python'), of: 'programs' }],
    },
    {
      part: 'busybox',
      kind: 'real',
      what: 'The image’s tree and the binary are real: what is built on it runs in Docker.',
      checked: 'Images built on it were loaded into Docker and run there.',
      cases: [],
    },
    {
      part: 'All other base images',
      kind: 'replica',
      what: 'Names, sizes, modes, owners, environment and package databases stand for the real ones of June 2025; programs and libraries are holes. They carry the label `org.strata.replica`, and the page says replica. An image pulled from a registry of yours is whole.',
      checked:
        'Debian’s, Ubuntu’s, Go’s, Node’s and Python’s trees were recorded from their archives and packages, with the official images’ own filters; Alpine’s (each release within 3 % of its real size) and Fedora’s were made from knowledge of their packages.',
      cases: [{ count: images.images, of: `images under ${images.names} names` }],
    },
    {
      part: 'Registries',
      kind: 'real',
      what: 'Push, pull and login by the distribution specification, to any registry that lets browsers in (CORS), and to the `registry:2` that runs in this page.',
      checked:
        'One conformance suite on the registry here and on Docker’s own registry; pushes and pulls through it with skopeo.',
      cases: [],
    },
    {
      part: 'Containers and networks',
      kind: 'simulated',
      what: 'Writable layers, exit codes, logs, health checks, volumes, networks and ports behave as Docker’s do, in one page: there is no kernel, no isolation and no CPU or memory limit. nginx, httpd, redis and registry are stand-ins that serve what their files say.',
      checked: 'The transcripts above that run containers.',
      cases: [],
    },
  ];
}
