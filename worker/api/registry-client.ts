/** The questions about registries on the wire: the page's end of them. */
import type { Remote } from 'comlink';
import type { RegistryService } from './registry-port.ts';
import type { JobEvents, RegistryQuestions } from './types.ts';

/** Runs a call as a job, with a port for what it reports. */
export type RunJob = <R>(events: JobEvents, call: (port: MessagePort) => Promise<R>) => Promise<R>;

export function registryQuestions(remote: Remote<RegistryService>, job: RunJob): RegistryQuestions {
  return {
    settings: (events) => job(events, (port) => remote.settings(port)),
    setSettings: (settings, events) => job(events, (port) => remote.setSettings(settings, port)),
    logins: (events) => job(events, (port) => remote.logins(port)),
    login: (request, events) => job(events, (port) => remote.login(request, port)),
    logout: (registry, events) => job(events, (port) => remote.logout(registry, port)),
    diagnose: (address, events) => job(events, (port) => remote.diagnose(address, port)),
    repositories: (registry, next, events) => job(events, (port) => remote.repositories(registry, next, port)),
    tags: (repository, next, events) => job(events, (port) => remote.tags(repository, next, port)),
    tag: (reference, events) => job(events, (port) => remote.tag(reference, port)),
    remove: (reference, events) => job(events, (port) => remote.remove(reference, port)),
    platforms: (reference, events) => job(events, (port) => remote.platforms(reference, port)),
  };
}
