/** Images of the mirror that lessons build on and run: kept with the page, so that a lesson opens on a train for the first time. */
export const LESSON_IMAGES = ['alpine:latest', 'alpine:3.20', 'ubuntu:22.04', 'golang:latest', 'registry:2'].map(
  (name) => `docker.io/library/${name}`,
);
