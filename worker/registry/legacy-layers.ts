/**
 * What Docker 1.9 and older read of an image, and `docker save` still writes: a document for each layer, named by an ID that is made of
 * it (docker/docker `image/v1`). Only the topmost tells of the image; those below tell of nothing but their layer.
 */
import { utf8, type Bytes } from '../base/bytes.ts';
import { goJson, goJsonBytes, type JsonValue } from '../base/json.ts';
import { chainIDs } from '../codec/chain-id.ts';
import { digestOf } from '../codec/sha256.ts';
import type { ImageConfig } from '../oci/config.ts';
import { daemonConfig } from '../oci/daemon-config.ts';
import { digestHex } from '../oci/digest.ts';

/** What layers below the topmost have for a time. */
const NO_TIME = '1970-01-01T00:00:00Z';

type Fields = Readonly<Record<string, JsonValue>>;

/** The documents of an image's layers, from the lowest up. */
export async function legacyLayers(image: ImageConfig): Promise<readonly Bytes[]> {
  const documents: Bytes[] = [];
  let parent: Fields = {};
  const chain = chainIDs(image.rootfs.diff_ids);
  for (const [at, chainID] of chain.entries()) {
    const [head, tail] = at === chain.length - 1 ? imageFields(image) : layerFields();
    const named = { ...parent, ...head, ...tail, layer_id: chainID };
    const id = digestHex(await digestOf(utf8(sortedJson(named))));
    documents.push(goJsonBytes({ id, ...parent, ...head, ...tail, os: image.os }));
    parent = { parent: id };
  }
  return documents;
}

/** In the order of the daemon's struct; the system stands behind them. */
function imageFields(image: ImageConfig): readonly [Fields, Fields] {
  const { created, author, config, architecture, variant, os } = image;
  return [
    { created: created ?? null, container_config: daemonConfig({}) },
    {
      ...(author === undefined || author === '' ? {} : { author }),
      config: daemonConfig(config ?? {}),
      architecture,
      ...(variant === undefined ? {} : { variant }),
      os,
    },
  ];
}

function layerFields(): readonly [Fields, Fields] {
  return [{ created: NO_TIME, container_config: daemonConfig({}) }, {}];
}

/** The ID is made of the members in the order of their names; the parent's with its algorithm. */
function sortedJson(fields: Fields): string {
  const named = typeof fields['parent'] === 'string' ? { ...fields, parent: `sha256:${fields['parent']}` } : fields;
  return goJson(new Map(Object.entries(named)));
}
