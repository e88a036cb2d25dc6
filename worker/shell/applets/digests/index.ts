/** The programs that print and check digests. */
import { MD5, SHA1, SHA224, SHA256, SHA384, SHA512 } from './algorithms.ts';
import { digestProgram } from './digest-program.ts';

export const md5sum = digestProgram('md5sum', MD5);
export const sha1sum = digestProgram('sha1sum', SHA1);
export const sha224sum = digestProgram('sha224sum', SHA224);
export const sha256sum = digestProgram('sha256sum', SHA256);
export const sha384sum = digestProgram('sha384sum', SHA384);
export const sha512sum = digestProgram('sha512sum', SHA512);
