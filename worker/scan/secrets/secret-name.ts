/** Names of variables that hold secrets, and values that are none. */
import { isPlaceholder } from './detector.ts';

const SECRET_NAME =
  /(?:^|_)(?:PASS(?:WORD|WD|PHRASE)?|SECRET(?:S|_KEY|_ACCESS_KEY)?|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_KEY|AUTH(?:_TOKEN)?|CREDENTIALS?)$/i;
const SHORTEST = 4;

/** True for `DB_PASSWORD=hunter2`; false for `TOKEN_FILE`, for `PASSWORD=$1`, and for a path to a file that holds it. */
export function isSecretSetting(name: string, value: string): boolean {
  return (
    SECRET_NAME.test(name) && value.length >= SHORTEST && !isPlaceholder(value) && !/^(?:\/|true$|false$)/.test(value)
  );
}
