/** Projects: saved and opened for the page, which never sees storage itself. */
import { EngineError } from '../base/errors.ts';
import type { Clock } from '../base/ports.ts';
import { utf8, utf8Text } from '../base/bytes.ts';
import type { Store } from '../store/index.ts';
import type { ProjectFile } from '../store/projects.ts';
import type { ContextFile, Project, ProjectSummary } from './model.ts';

/** Files of at most this many bytes that are valid UTF-8 are opened as text. */
const TEXT_LIMIT_BYTES = 1 << 20;

/** The engine's project calls. */
export function createProjects(store: Store, clock: Clock) {
  return {
    async projects(): Promise<readonly ProjectSummary[]> {
      const records = await store.projects.list();
      return records.map(({ id, name, revision, updatedMs }) => ({ id, name, revision, updatedMs }));
    },

    /** Throws `not-found`. */
    async project(id: string): Promise<Project> {
      const record = await store.projects.get(id);
      if (record === undefined) {
        throw new EngineError('not-found', 'This project is not stored in this browser (any more).', { data: { id } });
      }
      const files = await Promise.all(record.files.map(openFile));
      const { updatedMs: _, ...rest } = record;
      return { ...rest, files };
    },

    /** Returns the new revision. Throws `conflict` when it was saved elsewhere meanwhile. */
    saveProject(project: Project): Promise<number> {
      const { id, name, revision, build, allowedHosts } = project;
      return store.projects.save({
        id,
        name,
        revision,
        files: project.files.map(storedFile),
        updatedMs: clock.nowMs(),
        ...(build === undefined ? {} : { build }),
        ...(allowedHosts === undefined ? {} : { allowedHosts }),
      });
    },

    removeProject: (id: string): Promise<void> => store.projects.remove(id),
  };
}

function storedFile(file: ContextFile): ProjectFile {
  const { path, kind, mode, mtimeMs, content, target } = file;
  const body = typeof content === 'string' ? utf8(content) : content;
  return {
    path,
    kind,
    mode,
    mtimeMs,
    ...(body === undefined ? {} : { body }),
    ...(target === undefined ? {} : { target }),
  };
}

async function openFile(file: ProjectFile): Promise<ContextFile> {
  const { path, kind, mode, mtimeMs, body, target } = file;
  const content = body === undefined ? undefined : await textOrBytes(body);
  return {
    path,
    kind,
    mode,
    mtimeMs,
    ...(content === undefined ? {} : { content }),
    ...(target === undefined ? {} : { target }),
  };
}

async function textOrBytes(body: Blob | Uint8Array<ArrayBuffer>): Promise<string | Blob | Uint8Array<ArrayBuffer>> {
  if (body instanceof Blob && body.size > TEXT_LIMIT_BYTES) return body;
  const bytes = body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : body;
  const text = utf8Text(bytes);
  return text.includes('\0') || text.includes('\uFFFD') ? bytes : text;
}
