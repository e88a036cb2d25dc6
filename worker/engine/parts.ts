/** What an engine is composed of: ports and settings that its host gives it. */
import type { Clock, Random, Transport } from '../base/ports.ts';
import type { SegmentPacker } from '../codec/deflate/segment.ts';
import type { UnpackLayer } from '../layer/unpack-layer.ts';
import type { PageSituation } from '../registry/doctor/diagnosis.ts';
import type { RegistrySettings } from '../registry/endpoint.ts';
import type { ContainerExecutor } from '../shell/process.ts';
import type { Store } from '../store/index.ts';
import type { HostGate } from './host-gate.ts';
import type { Logins } from './logins.ts';

/** What an engine is made of. */
export interface EngineParts {
  readonly store: Store;
  readonly executor: ContainerExecutor;
  readonly clock: Clock;
  readonly random: Random;
  /** What compresses layers; done in line where it is absent. */
  readonly packer?: SegmentPacker;
  /** What unpacks the layers of pulled and loaded images; done in line where it is absent. */
  readonly unpackLayer?: UnpackLayer;
  readonly transport: Transport;
  /** What `transport` and the executor's go through; absent where nothing is to be kept from the world outside. */
  readonly hostGate?: HostGate;
  /** Addresses tried before Docker Hub itself, as `registry-mirrors` in Docker's daemon.json, after those a person set. */
  readonly registryMirrors: readonly string[];
  /** What a person asks for by name at the page, a push or a login, goes here: past what keeps projects from links in. */
  readonly ownTransport?: Transport;
  /** How registries are reached, as it was set earlier; nothing by default. */
  readonly registrySettings?: RegistrySettings;
  /** Who is logged in where, as far as it is remembered; nobody by default. */
  readonly logins?: Logins;
  /** What the browser lets this page do; absent where there is none. */
  readonly page?: () => Promise<PageSituation>;
}
