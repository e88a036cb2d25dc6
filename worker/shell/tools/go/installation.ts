/** The Go distribution that a `go` binary belongs to. */
import { readBody } from '../../../vfs/body.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { decodeText } from '../../text.ts';
import type { AppletContext } from '../../applets/context.ts';

export interface GoInstallation {
  readonly root: string;
  /** `go1.24.4` */
  readonly version: string;
}

/** What is assumed where the distribution does not say. */
const FALLBACK_VERSION = 'go1.24.4';

/** Reads `VERSION` of the distribution; GOROOT is where the binary lies, unless the environment says otherwise. */
export async function findInstallation(context: AppletContext): Promise<GoInstallation> {
  const root =
    context.env.get('GOROOT') ?? (context.process.executable ?? '/usr/local/go/bin/go').replace(/\/bin\/[^/]*$/, '');
  try {
    const text = decodeText(await readBody(context.files.body(`${root}/VERSION`)));
    return { root, version: /^go\S+/.exec(text)?.[0] ?? FALLBACK_VERSION };
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return { root, version: context.env.get('GOLANG_VERSION')?.replace(/^/, 'go') ?? FALLBACK_VERSION };
  }
}

/** The version as go.mod states it: since Go 1.21 with its patch number. */
export function languageVersion({ version }: GoInstallation): string {
  const [, major = '1', minor = '24', rest = ''] = /^go(\d+)\.(\d+)(.*)$/.exec(version) ?? [];
  return Number(minor) >= 21 ? `${major}.${minor}${rest}` : `${major}.${minor}`;
}

/** Settings of `go env`, those of the environment first. */
export function goEnvironment(
  context: AppletContext,
  installation: GoInstallation,
  module: string | undefined,
): Map<string, string> {
  const { env } = context;
  const home = env.get('HOME') ?? '/root';
  const path = env.get('GOPATH') ?? `${home}/go`;
  return new Map([
    ['CGO_ENABLED', env.get('CGO_ENABLED') ?? '1'],
    ['GO111MODULE', env.get('GO111MODULE') ?? ''],
    ['GOARCH', env.get('GOARCH') ?? 'amd64'],
    ['GOBIN', env.get('GOBIN') ?? ''],
    ['GOCACHE', env.get('GOCACHE') ?? `${env.get('XDG_CACHE_HOME') ?? `${home}/.cache`}/go-build`],
    ['GOFLAGS', env.get('GOFLAGS') ?? ''],
    ['GOHOSTARCH', 'amd64'],
    ['GOHOSTOS', 'linux'],
    ['GOMOD', module ?? '/dev/null'],
    ['GOMODCACHE', env.get('GOMODCACHE') ?? `${path}/pkg/mod`],
    ['GOOS', env.get('GOOS') ?? 'linux'],
    ['GOPATH', path],
    ['GOPROXY', env.get('GOPROXY') ?? 'https://proxy.golang.org,direct'],
    ['GOROOT', installation.root],
    ['GOSUMDB', env.get('GOSUMDB') ?? 'sum.golang.org'],
    ['GOTOOLCHAIN', env.get('GOTOOLCHAIN') ?? 'auto'],
    ['GOVERSION', installation.version],
  ]);
}
