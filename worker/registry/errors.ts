/**
 * What a registry's refusal means (distribution-spec, "Error Codes"), as EngineErrors worded as Docker words them:
 * the code's name in lower case, a colon, and the server's message.
 */
import { EngineError, isEngineError, type ErrorCode } from '../base/errors.ts';
import { readAll, utf8Text } from '../base/bytes.ts';
import { parseChallenges } from './challenge.ts';

/** One entry of an error document. */
interface RegistryProblem {
  readonly code: string;
  readonly message: string;
}

/** Error documents are small; what is longer is not one. */
const MAX_ERROR_BYTES = 64 * 1024;

/** What Docker says for a code that came without a message of its own. */
const STANDARD_MESSAGES: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'authentication required',
  DENIED: 'requested access to the resource is denied',
  NAME_UNKNOWN: 'repository name not known to registry',
  NAME_INVALID: 'invalid repository name',
  MANIFEST_UNKNOWN: 'manifest unknown',
  BLOB_UNKNOWN: 'blob unknown to registry',
  UNSUPPORTED: 'The operation is unsupported.',
  TOOMANYREQUESTS: 'too many requests',
};

/** Codes of bearer token errors (RFC 6750, 3.1), which say more than the document does. */
const BEARER_PROBLEMS: Readonly<Record<string, string>> = {
  invalid_token: 'UNAUTHORIZED',
  insufficient_scope: 'DENIED',
};

/** The error that a response with status 400 or above stands for. Reads the response's body. */
export async function errorOfResponse(response: Response): Promise<EngineError> {
  const problems = [...bearerProblems(response), ...(await problemsOf(response))];
  const first = problems[0] ?? (response.status === 401 ? standardProblem('UNAUTHORIZED') : undefined);
  const message =
    first === undefined
      ? `received unexpected HTTP status: ${response.status} ${response.statusText}`.trimEnd()
      : `${first.code.toLowerCase().replaceAll('_', ' ')}: ${first.message}`;
  return new EngineError(codeOf(response.status, first?.code), message, {
    data: {
      status: response.status,
      url: response.url,
      registryCode: first?.code,
      retryAfter: response.headers.get('retry-after') ?? undefined,
    },
  });
}

function codeOf(status: number, problem: string | undefined): ErrorCode {
  if (status === 429 || problem === 'TOOMANYREQUESTS') return 'rate-limited';
  if (status === 403 || problem === 'DENIED') return 'denied';
  if (status === 401) return 'unauthorized';
  if (status === 404) return 'not-found';
  return 'registry';
}

function standardProblem(code: string, message = ''): RegistryProblem {
  return { code, message: message === '' ? (STANDARD_MESSAGES[code] ?? code.toLowerCase()) : message };
}

function bearerProblems(response: Response): readonly RegistryProblem[] {
  return parseChallenges(response.headers.get('www-authenticate') ?? '').flatMap(({ scheme, parameters }) => {
    const code = BEARER_PROBLEMS[parameters.get('error') ?? ''];
    return scheme === 'bearer' && code !== undefined
      ? [standardProblem(code, parameters.get('error_description'))]
      : [];
  });
}

async function problemsOf(response: Response): Promise<readonly RegistryProblem[]> {
  if (response.body === null) return [];
  try {
    const document: unknown = JSON.parse(utf8Text(await readAll(response.body, MAX_ERROR_BYTES)));
    return problemsIn(document, response.status);
  } catch {
    // A proxy's HTML page, or nothing at all: the status has to do.
    return [];
  }
}

function problemsIn(document: unknown, status: number): readonly RegistryProblem[] {
  if (typeof document !== 'object' || document === null) return [];
  if ('errors' in document && Array.isArray(document.errors)) {
    return document.errors.flatMap((entry: unknown) => {
      if (typeof entry !== 'object' || entry === null || !('code' in entry)) return [];
      const message = 'message' in entry && typeof entry.message === 'string' ? entry.message : '';
      return typeof entry.code === 'string' ? [standardProblem(entry.code, message)] : [];
    });
  }
  // Docker Hub's rate limiter and token servers answer outside the specification.
  if ('details' in document && typeof document.details === 'string') {
    return [standardProblem(status === 429 ? 'TOOMANYREQUESTS' : 'UNAUTHORIZED', document.details)];
  }
  return [];
}

/** Names an image in an error: what was asked for, as a person writes it. */
export interface AskedImage {
  /** `busybox`, `localhost:5000/team/app`. */
  readonly familiarName: string;
  /** With tag or digest: `busybox:latest`. */
  readonly familiarReference: string;
}

/**
 * The error of a failed pull, worded as `docker pull` words it. A registry tells strangers `denied` for what it does not
 * have and for what it hides alike, so both are `not-found` here, with the advice to log in.
 */
export function pullError(error: unknown, image: AskedImage): unknown {
  if (!isEngineError(error)) return error;
  const { registryCode, status } = error.data;
  const data = { ...error.data, reference: image.familiarReference, repository: image.familiarName };
  if (registryCode === 'DENIED') {
    const message = `pull access denied for ${image.familiarName}, repository does not exist or may require 'docker login': ${error.message}`;
    return new EngineError('not-found', message, { data, cause: error });
  }
  if (registryCode === 'NAME_UNKNOWN') {
    const message = `repository ${image.familiarName} not found: ${error.message}`;
    return new EngineError('not-found', message, { data, cause: error });
  }
  if (registryCode === 'MANIFEST_UNKNOWN' || status === 404) {
    const detail = registryCode === undefined ? 'manifest unknown: manifest unknown' : error.message;
    const message = `manifest for ${image.familiarReference} not found: ${detail}`;
    return new EngineError('not-found', message, { data, cause: error });
  }
  return error;
}

/** Why a mirror fails that has what is asked for, where it is out of reach and so is everybody else; in the error's data. */
export const NOT_KEPT = 'not-kept';

/** True for such a failure: to ask again, or somebody else, gives nothing, and would only say less. */
export function isNotKept(error: unknown): boolean {
  return isEngineError(error, 'network') && error.data['why'] === NOT_KEPT;
}
