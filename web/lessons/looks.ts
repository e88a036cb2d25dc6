/** What checks of lessons ask the world, in one line each. */
import type { ContainerSummary, ImageDetail, StackRow } from '../../worker/api/types.ts';
import { textOf } from '../state/project-files.ts';
import { DONE, type Check, type LessonWorld, type Verdict } from './lesson.ts';

/** Done when `so`, else what is missing. */
export const when = (so: boolean, missing: string): Verdict => (so ? DONE : missing);

export const dockerfileOf = ({ files }: LessonWorld): string => textOf(files, 'Dockerfile') ?? '';

/** A check of the built image; without one it says to mend the build first. */
export function ofImage(check: (image: ImageDetail, world: LessonWorld) => Promise<Verdict> | Verdict): Check {
  return (world) =>
    world.built === undefined
      ? 'The project does not build as it is. The Build log below says which line stands in the way.'
      : check(world.built, world);
}

/** The rows of the stack that this build added, with or without a layer. */
export const ownRows = (image: ImageDetail): readonly StackRow[] => image.stack.filter(({ base }) => !base);

/** The layers among them. */
export const ownLayers = (image: ImageDetail): readonly StackRow[] =>
  ownRows(image).filter(({ layer }) => layer !== undefined);

/** True when a container of the image sees a file at the path. */
export async function sees({ engine }: LessonWorld, image: ImageDetail, path: string): Promise<boolean> {
  const lines = await engine.trace({ kind: 'image', id: image.id }, path);
  return lines.some(({ visible, says }) => visible && says === 'found');
}

/** Layers that hold something at the path, visible or not. */
export async function holders({ engine }: LessonWorld, image: ImageDetail, path: string): Promise<number> {
  const lines = await engine.trace({ kind: 'image', id: image.id }, path);
  return lines.filter(({ says }) => says === 'found').length;
}

/** Text of a file as a container of the image sees it; empty where there is none. */
export async function fileText({ engine }: LessonWorld, image: ImageDetail, path: string): Promise<string> {
  try {
    const { bytes } = await engine.readFile({ kind: 'image', id: image.id }, path);
    return new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}

/** The image of this name, as `docker images` lists it; `latest` where no tag is named. */
export async function imageNamed({ engine }: LessonWorld, name: string): Promise<ImageDetail | undefined> {
  const wanted = name.includes(':') ? name : `${name}:latest`;
  const found = (await engine.images()).find(({ names }) => names.includes(wanted));
  return found && engine.image(found.id);
}

/** Whether the registry at this port of the machine has a manifest under the tag. */
export async function registryHas(
  { engine }: LessonWorld,
  port: number,
  repository: string,
  tag: string,
): Promise<boolean> {
  const target = `/v2/${repository}/manifests/${tag}`;
  const headers = [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
  ];
  try {
    const asked = { method: 'HEAD', target, headers: headers.map((type) => ['Accept', type] as const) };
    return (await engine.askSite(port, asked)).status === 200;
  } catch {
    return false;
  }
}

/** The container of this name, in whatever state; where an image is named, one of that image or of the project's as it is now. */
export async function containerNamed(
  { engine, built }: LessonWorld,
  name: string,
  image?: string,
): Promise<ContainerSummary | undefined> {
  const found = (await engine.containers()).find((each) => each.name === name);
  if (found === undefined || image === undefined) return found;
  return [image, `${image}:latest`].includes(found.imageName) || found.imageID === built?.id ? found : undefined;
}
