/** Uploads into the in-page registry: monolithic, in chunks, by mount (distribution-spec, "Pushing Blobs"). */
import { isEngineError } from '../../base/errors.ts';
import type { Random } from '../../base/ports.ts';
import { hex } from '../../base/bytes.ts';
import { isDigest, type Digest } from '../../oci/digest.ts';
import { answer, refuse } from './answers.ts';
import { EMPTY_REPOSITORY } from './repositories.ts';
import type { RegistryRequest, RegistryServerOptions, Route } from './server.ts';

/** An upload that has begun: what arrived so far, for one repository. */
interface UploadSession {
  readonly name: string;
  received: Blob;
}

/** Uploads under way. They are not stored: a closed page ends them, and the client begins anew. */
export class UploadSessions {
  readonly #random: Random;
  readonly #sessions = new Map<string, UploadSession>();

  constructor(random: Random) {
    this.#random = random;
  }

  /** The new session's ID. */
  open(name: string): string {
    const id = hex(this.#random.bytes(16));
    this.#sessions.set(id, { name, received: new Blob() });
    return id;
  }

  find(id: string, name: string): UploadSession | undefined {
    const session = this.#sessions.get(id);
    return session?.name === name ? session : undefined;
  }

  close(id: string): void {
    this.#sessions.delete(id);
  }
}

export function uploadRoutes(options: RegistryServerOptions, sessions: UploadSessions): readonly Route[] {
  const { content, repositories } = options;

  async function begin({ name, url, request, job }: RegistryRequest): Promise<Response> {
    const mount = url.searchParams.get('mount');
    const from = url.searchParams.get('from');
    if (mount !== null && from !== null && isDigest(mount)) {
      const source = (await repositories.get(from)) ?? EMPTY_REPOSITORY;
      if (source.blobs.includes(mount)) {
        await link(name, mount);
        return created(name, mount);
      }
    }
    const digest = url.searchParams.get('digest');
    if (digest !== null) return store(name, digest, await request.blob(), job);
    return accepted(name, sessions.open(name), 0);
  }

  async function append({ name, argument, request }: RegistryRequest): Promise<Response> {
    const session = sessions.find(argument, name);
    if (session === undefined) return unknownUpload();
    const start = /^(?:bytes )?(\d+)-\d+/.exec(request.headers.get('content-range') ?? '')?.[1];
    if (start !== undefined && Number(start) !== session.received.size) {
      return answer(416, { ...uploadHeaders(name, argument), range: receivedRange(session.received.size) });
    }
    session.received = new Blob([session.received, await request.blob()]);
    return accepted(name, argument, session.received.size);
  }

  async function finish({ name, argument, url, request, job }: RegistryRequest): Promise<Response> {
    const session = sessions.find(argument, name);
    if (session === undefined) return unknownUpload();
    const whole = new Blob([session.received, await request.blob()]);
    const response = await store(name, url.searchParams.get('digest') ?? '', whole, job);
    sessions.close(argument);
    return response;
  }

  async function state({ name, argument }: RegistryRequest): Promise<Response> {
    const session = sessions.find(argument, name);
    if (session === undefined) return unknownUpload();
    return answer(204, { ...uploadHeaders(name, argument), range: receivedRange(session.received.size) });
  }

  async function cancel({ name, argument }: RegistryRequest): Promise<Response> {
    if (sessions.find(argument, name) === undefined) return unknownUpload();
    sessions.close(argument);
    return answer(204);
  }

  async function store(name: string, digest: string, body: Blob, job: RegistryRequest['job']): Promise<Response> {
    if (!isDigest(digest)) return refuse('DIGEST_INVALID', 'invalid digest');
    try {
      await content.ingest({ mediaType: 'application/octet-stream', digest, size: body.size }, body.stream(), job);
    } catch (error) {
      if (!isEngineError(error, 'corrupt')) throw error;
      return refuse('DIGEST_INVALID', 'provided digest did not match uploaded content');
    }
    await link(name, digest);
    return created(name, digest);
  }

  function link(name: string, digest: Digest): Promise<void> {
    return repositories.update(name, (record) =>
      record.blobs.includes(digest) ? record : { ...record, blobs: [...record.blobs, digest] },
    );
  }

  return [
    { pattern: /^\/v2\/(?<name>.+)\/blobs\/uploads\/?$/, methods: { POST: begin } },
    {
      pattern: /^\/v2\/(?<name>.+)\/blobs\/uploads\/(?<argument>[^/]+)$/,
      methods: { PATCH: append, PUT: finish, GET: state, DELETE: cancel },
    },
  ];
}

function created(name: string, digest: Digest): Response {
  return answer(201, { location: `/v2/${name}/blobs/${digest}`, 'docker-content-digest': digest });
}

function accepted(name: string, id: string, receivedBytes: number): Response {
  return answer(202, { ...uploadHeaders(name, id), range: receivedRange(receivedBytes) });
}

function uploadHeaders(name: string, id: string): Record<string, string> {
  return { location: `/v2/${name}/blobs/uploads/${id}`, 'docker-upload-uuid': id };
}

/** `0-0` for nothing yet, as distribution writes it: the header cannot say an empty range. */
function receivedRange(bytes: number): string {
  return `0-${Math.max(0, bytes - 1)}`;
}

function unknownUpload(): Response {
  return refuse('BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
}
