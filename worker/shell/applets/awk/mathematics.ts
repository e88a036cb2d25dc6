/**
 * Whether an image's awk has mathematics (`^`, sqrt, sin …). Debian builds its static busybox without; Alpine's, which is
 * linked with musl, has it, and so has every awk that is a binary of its own.
 */
import type { AppletContext } from '../context.ts';
import { AwkError } from './ast.ts';

/** The C library of Alpine, for any processor. */
const MUSL = /^ld-musl-.*\.so\.1$/;

export function hasMathematics(context: AppletContext): boolean {
  if (context.flavour !== 'busybox') return true;
  try {
    return context.files.list('/lib').some(({ name }) => MUSL.test(name));
  } catch {
    return false;
  }
}

/** `compute`, or what says in its place that there is no mathematics: a program may hold what it never asks for. */
export function mathematical<Arguments extends readonly number[]>(
  available: boolean,
  line: number,
  compute: (...operands: Arguments) => number,
): (...operands: Arguments) => number {
  if (available) return compute;
  return () => {
    throw new AwkError('Math support is not compiled in', line);
  };
}
