/** `--change` of `docker commit` and `docker import`: instructions of a Dockerfile applied to an image's config. */
import { EngineError, asEngineError } from '../../base/errors.ts';
import { resolvePath } from '../../base/path.ts';
import type { SourceRange } from '../../base/source.ts';
import { parseDockerfile } from '../../dockerfile/parser.ts';
import { expandWord, lookupIn, type Expansion } from '../../dockerfile/shell-words.ts';
import type { StageBuilder, StageConfig } from '../../dockerfile/stage-builder.ts';
import { readInstruction } from '../../dockerfile/stages.ts';
import type { ContainerConfig } from '../../oci/config.ts';

/** Instructions that say something of the config alone. */
const ALLOWED = new Set([
  'CMD',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'ONBUILD',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

/** The config after the changes, one or more instructions each. Throws `invalid-argument`, worded as the daemon does. */
export function applyChanges(config: ContainerConfig, changes: readonly string[]): ContainerConfig {
  const stage = new ConfigStage(config);
  try {
    for (const node of parseDockerfile(changes.join('\n')).ast.instructions) {
      const name = node.keyword.toUpperCase();
      if (!ALLOWED.has(name)) throw new EngineError('invalid-argument', `${name} is not a valid change command`);
      readInstruction(node).lower(stage);
    }
  } catch (error) {
    throw new EngineError('invalid-argument', asEngineError(error).message, { cause: error });
  }
  const { Env, ArgsEscaped, ...rest } = { ...config, ...stage.config };
  return {
    ...rest,
    ...(Env.length === 0 ? {} : { Env }),
    // a CMD of a change does not leave the mark that one of a Dockerfile does
    ...(config.ArgsEscaped === true && ArgsEscaped === true ? { ArgsEscaped } : {}),
  };
}

/** A stage that has a config and no files. */
class ConfigStage implements StageBuilder {
  readonly config: StageConfig;
  readonly os = 'linux';
  readonly used = new Map<string, SourceRange>();

  constructor(config: ContainerConfig) {
    // directives write to lists and maps in place
    this.config = structuredClone({ ...config, Env: config.Env ?? [] }) as StageConfig;
  }

  expand(word: string): string {
    return this.#expand(word).text;
  }

  expandWords(word: string): readonly string[] {
    return this.#expand(word).words;
  }

  expandText(text: string): string {
    return text;
  }

  setEnv(name: string, value: string): void {
    const kept = this.config.Env.filter((pair) => !pair.startsWith(`${name}=`));
    this.config.Env = [...kept, `${name}=${value}`];
  }

  workdir(path: string): void {
    this.config.WorkingDir = resolvePath(path, resolvePath(this.config.WorkingDir ?? '/'));
  }

  metadata(): void {
    // the image gets one line of history in all
  }

  declareArg(): void {
    // no instruction that is allowed asks for it, nor for those below
  }

  run(): void {
    // as above
  }

  copy(): void {
    // as above
  }

  setAuthor(): void {
    // as above
  }

  warn(): void {
    // findings of build checks are for builds
  }

  #expand(word: string): Expansion {
    return expandWord(word, { lookup: lookupIn(this.config.Env) });
  }
}
