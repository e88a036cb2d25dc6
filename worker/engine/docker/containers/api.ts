/** Docker's API of containers: each method finds its container and hands it to the file that knows the matter. */
import type { ContainerAPI } from '../api.ts';
import { readArchive, statPath, writeArchive } from './archive.ts';
import { attachTo } from './attach.ts';
import { commitContainer } from './commit.ts';
import { createContainer, renameContainer } from './create.ts';
import type { Daemon } from './daemon.ts';
import { diffOf } from './diff.ts';
import { execInContainer } from './exec.ts';
import { exportContainer } from './export.ts';
import { inspectContainer } from './inspect.ts';
import { listContainers } from './list.ts';
import type { LiveContainer } from './live-container.ts';
import { printLogs } from './logs.ts';
import { requestPublished } from './network.ts';
import { pruneContainers, removeByName } from './remove.ts';
import { startContainer } from './start.ts';
import { killContainer, pauseContainer, restartContainer, stopContainer, unpauseContainer } from './stop.ts';
import { statsOf, topOf } from './top.ts';
import { updateContainer } from './update.ts';

export function createContainerAPI(daemon: Daemon): ContainerAPI {
  const find = (name: string): Promise<LiveContainer> => daemon.containers.find(name);
  return {
    async create(options) {
      const { id } = await createContainer(daemon, options);
      return { Id: id, Warnings: [] };
    },
    list: (options) => listContainers(daemon, options),
    inspect: async (name, options) => inspectContainer(daemon, await find(name), options?.size ?? false),
    start: async (name) => startContainer(daemon, await find(name)),
    attach: async (name, io) => attachTo(daemon, await find(name), io),
    stop: async (name, options) => stopContainer(daemon, await find(name), options),
    kill: async (name, signal) => killContainer(daemon, name, signal),
    restart: async (name, options) => restartContainer(daemon, await find(name), options),
    pause: async (name) => pauseContainer(daemon, await find(name)),
    unpause: async (name) => unpauseContainer(daemon, await find(name)),
    rename: async (name, to) => renameContainer(daemon, await find(name), to),
    remove: (name, options) => removeByName(daemon, name, options),
    wait: async (name, condition) => ({ StatusCode: await (await find(name)).wait(condition) }),
    logs: async (name, options, io) => printLogs(await find(name), options, io),
    exec: async (name, options, io) => execInContainer(daemon, await find(name), name, options, io),
    top: async (name, psArguments) => topOf(daemon, await find(name), psArguments),
    stats: async (name) => statsOf(await find(name)),
    diff: async (name) => diffOf(await find(name)),
    commit: async (name, options, job) => commitContainer(daemon, await find(name), options, job),
    export: async (name, job) => exportContainer(daemon, await find(name), job),
    readArchive: async (name, path) => readArchive(daemon, await find(name), name, path),
    statPath: async (name, path) => statPath(daemon, await find(name), name, path),
    writeArchive: async (name, directory, archive, job) =>
      writeArchive(daemon, await find(name), name, directory, archive, job),
    update: (name, hostConfig) => updateContainer(daemon, name, hostConfig),
    request: (hostPort, request) => requestPublished(daemon, hostPort, request),
    prune: (filters) => pruneContainers(daemon, filters),
  };
}
