/** What a page sees of a pause that a busy registry asks for. None can be made busy to try it, so it is read where it shows. */
import type { Finding } from './diagnosis.ts';

const RETRY_AFTER = 'Access-Control-Expose-Headers: Retry-After';
/** Answers that may carry the header. */
const BUSY_STATUSES: readonly number[] = [429, 503];

/** By an answer of the registry, of any kind. */
export function examineRetryAfter(answer: Response): Finding {
  const finding = (state: Finding['state'], detail: string): Finding => ({
    title: RETRY_AFTER,
    state,
    detail,
    neededFor: [],
  });
  // a list is seen where it names itself, or everything
  const exposed = (answer.headers.get('access-control-expose-headers') ?? '').split(',').map((name) => name.trim());
  if (answer.headers.has('retry-after') || exposed.some((name) => /^(?:\*|retry-after)$/i.test(name))) {
    return finding('ok', 'A busy registry is asked again when it says so.');
  }
  if (BUSY_STATUSES.includes(answer.status)) {
    return finding('slower', `It answers ${answer.status}, and how long to wait is hidden: pauses are guessed.`);
  }
  return finding(
    'unknown',
    'It shows in the answers of a registry that is busy, which this one is not. Where it is hidden, pauses are guessed: list it with the others in Access-Control-Expose-Headers.',
  );
}
