/** The environment golden cases are built in. */
import { createUnstoppableJob } from '../../base/job.ts';
import { SILENT } from '../../base/progress.ts';
import { createBaseImages } from '../../engine/base-images.ts';
import { DEFAULT_PLATFORM } from '../../oci/platform.ts';
import { parseReference } from '../../oci/reference.ts';
import { RegistryClient } from '../../registry/client.ts';
import type { CaseEnvironment } from './case-record.ts';
import { nodeEngineParts } from './node-engine.ts';

/** A fresh store that holds `busybox:latest`. */
export async function openCaseEnvironment(): Promise<CaseEnvironment> {
  const parts = nodeEngineParts();
  const client = new RegistryClient({
    transport: parts.transport,
    clock: parts.clock,
    credentials: () => Promise.resolve(undefined),
    settings: { mirrors: parts.registryMirrors },
  });
  const baseImages = createBaseImages(parts, client);
  const job = createUnstoppableJob('pull', parts.clock);
  const busybox = await baseImages.pull(parseReference('busybox:latest'), DEFAULT_PLATFORM, job, SILENT);
  return {
    ...parts,
    resolveImage: (name, platform, of) => baseImages.resolve(name, platform, of),
    busyboxLayers: busybox.config.rootfs.diff_ids,
  };
}
