/** The questions about registries on the wire: the worker's end of them. Each is a job with a port of its own. */
import type { Job } from '../base/job.ts';
import type { RegistryCalls } from '../engine/model.ts';

/** Calls of a kind, each with the job's port where the engine takes the job. */
type ServedWith<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends (...parameters: [...infer Given, Job]) => infer Answer
    ? (...parameters: [...Given, MessagePort]) => Answer
    : never;
};

export type RegistryService = ServedWith<RegistryCalls>;

/** Runs a call as the job of a port. */
type RunAsked = <R>(port: MessagePort, ask: (registries: RegistryCalls, job: Job) => Promise<R>) => Promise<R>;

export function serveRegistries(run: RunAsked): RegistryService {
  return {
    settings: (port) => run(port, (registries, job) => registries.settings(job)),
    setSettings: (settings, port) => run(port, (registries, job) => registries.setSettings(settings, job)),
    logins: (port) => run(port, (registries, job) => registries.logins(job)),
    login: (request, port) => run(port, (registries, job) => registries.login(request, job)),
    logout: (registry, port) => run(port, (registries, job) => registries.logout(registry, job)),
    diagnose: (address, port) => run(port, (registries, job) => registries.diagnose(address, job)),
    repositories: (registry, next, port) =>
      run(port, (registries, job) => registries.repositories(registry, next, job)),
    tags: (repository, next, port) => run(port, (registries, job) => registries.tags(repository, next, job)),
    tag: (reference, port) => run(port, (registries, job) => registries.tag(reference, job)),
    remove: (reference, port) => run(port, (registries, job) => registries.remove(reference, job)),
    platforms: (reference, port) => run(port, (registries, job) => registries.platforms(reference, job)),
  };
}
