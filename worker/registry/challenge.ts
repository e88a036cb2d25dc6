/** `WWW-Authenticate` challenges (RFC 9110, 11.6.1) as registries send them. */

/** One challenge: a scheme in lower case, with its parameters by lower-case name. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;

/** Reads every challenge of a header value; what does not parse ends the list, nothing is thrown. */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;

  const skip = (characters: string): void => {
    while (at < header.length && characters.includes(header.charAt(at))) at++;
  };
  const token = (): string | undefined => {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(header);
    if (match === null) return undefined;
    at = TOKEN.lastIndex;
    return match[0];
  };
  const value = (): string | undefined => {
    if (header.charAt(at) !== '"') return token();
    let text = '';
    for (at++; at < header.length && header.charAt(at) !== '"'; at++) {
      if (header.charAt(at) === '\\') at++;
      text += header.charAt(at);
    }
    at++;
    return text;
  };

  for (;;) {
    skip(' \t,');
    const word = token();
    if (word === undefined) return challenges;
    skip(' \t');
    const current = challenges.at(-1);
    if (header.charAt(at) === '=' && current !== undefined) {
      at++;
      skip(' \t');
      const text = value();
      if (text === undefined) return challenges;
      current.parameters.set(word.toLowerCase(), text);
    } else {
      challenges.push({ scheme: word.toLowerCase(), parameters: new Map() });
    }
  }
}
