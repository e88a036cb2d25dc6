/** The operations a build can do. A new one is one file here and one line below. */
export { absoluteDestination, copyFiles } from './copy.ts';
export { download, downloadName } from './http.ts';
export { inlineFile } from './inline-file.ts';
export { localContext } from './local.ts';
export { makeDirectory } from './mkdir.ts';
export { runProcess } from './run.ts';
export { sourceImage } from './source-image.ts';
