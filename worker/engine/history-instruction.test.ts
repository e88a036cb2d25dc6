import { expect, it } from 'vitest';
import { instructionOfHistory } from './history-instruction.ts';

/** What Docker Engine 26.1 writes for the instruction beside it. */
it.each([
  ['RUN /bin/sh -c apk add curl # buildkit', 'RUN apk add curl'],
  ['RUN |1 A=1 /bin/sh -c echo $A # buildkit', 'RUN echo $A'],
  ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
  ['EXPOSE map[53/udp:{} 8080/tcp:{}]', 'EXPOSE 53/udp 8080/tcp'],
  ['VOLUME [/data /logs]', 'VOLUME /data /logs'],
  ['HEALTHCHECK &{["NONE"] "0s" "0s" "0s" "0s" \'\\x00\'}', 'HEALTHCHECK NONE'],
  ['HEALTHCHECK &{["CMD-SHELL" "x"] "0s" "0s" "1s" "0s" \'\\x03\'}', 'HEALTHCHECK --start-period=1s --retries=3 CMD x'],
  ['HEALTHCHECK &{["CMD" "a" "b c"] "0s" "0s" "0s" "0s" \'\\x00\'}', 'HEALTHCHECK CMD ["a","b c"]'],
  [
    'HEALTHCHECK &{["CMD-SHELL" "curl -f \\"http://x/\\" || exit 1"] "5m0s" "3s" "0s" "0s" \'\\n\'}',
    'HEALTHCHECK --interval=5m0s --timeout=3s --retries=10 CMD curl -f "http://x/" || exit 1',
  ],
])('%s is read as %s', (createdBy, instruction) => {
  expect(instructionOfHistory(createdBy)).toBe(instruction);
});
