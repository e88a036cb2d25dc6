import type { Lesson } from '../lesson.ts';
import { containerNamed, imageNamed, registryHas, when } from '../looks.ts';

const LOCAL = 'localhost:5000/shop:1.0';

const lesson: Lesson = {
  id: 'registries',
  title: 'Registries: push and pull',
  start: { Dockerfile: 'FROM alpine:latest\nRUN echo "open all day" > /shop\n' },
  steps: [
    {
      text: [
        'A registry keeps images for others: blobs (layers and configs) by digest, and tags that point to manifests, which list the blobs.',
        'Run one here. `registry:2` is the registry Docker gives away; in Strata it is a real one too, inside this page.',
      ],
      run: ['docker run -d -p 5000:5000 --name registry registry:2'],
      check: async (world) =>
        when((await containerNamed(world, 'registry'))?.state === 'running', 'No container “registry” is running.'),
      hint: 'Click the command.',
      solution: { run: ['docker run -d -p 5000:5000 --name registry registry:2'] },
    },
    {
      text: [
        'Where an image is pushed to is part of its name: the part before the first slash, where it has a dot or a port, is the registry’s host. Name your image for this registry, and push it.',
      ],
      run: [`docker tag lesson-registries ${LOCAL}`, `docker push ${LOCAL}`],
      check: async (world) =>
        when(await registryHas(world, 5000, 'shop', '1.0'), 'The registry on port 5000 has no shop:1.0 yet.'),
      hint: 'Both commands, in order. The push tells which layers it sends.',
      solution: { run: [`docker tag lesson-registries ${LOCAL}`, `docker push ${LOCAL}`] },
    },
    {
      text: [
        'Now take the name away here, pull it again, and name what came `shop:pulled`. The registry sends the manifest; layers are known by their digests, so those that are here already are not sent again, and what is sent is checked.',
      ],
      run: [`docker rmi ${LOCAL}`, `docker pull ${LOCAL}`, `docker tag ${LOCAL} shop:pulled`],
      check: async (world) => {
        const [mine, pulled] = await Promise.all([
          imageNamed(world, 'lesson-registries'),
          imageNamed(world, 'shop:pulled'),
        ]);
        return when(
          pulled !== undefined && pulled.id === mine?.id,
          'There is no image shop:pulled with the ID of the project’s image.',
        );
      },
      hint: 'The three commands in order. The project’s image still has the layers, so they say “Already exists”. The ID is the same: the same config, with the same layers.',
      solution: { run: [`docker rmi ${LOCAL}`, `docker pull ${LOCAL}`, `docker tag ${LOCAL} shop:pulled`] },
    },
  ],
};

export default lesson;
