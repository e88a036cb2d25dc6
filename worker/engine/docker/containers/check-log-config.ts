/** What the daemon refuses of a container's log driver and its options, in its words. */
import { EngineError } from '../../../base/errors.ts';
import type { HostConfig } from '../container-types.ts';
import { logOptions } from './log-details.ts';

const DRIVERS = [
  '', 'awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'none', 'splunk', 'syslog',
]; // prettier-ignore
/** Options that every driver takes. */
const COMMON_OPTIONS = ['mode', 'max-buffer-size'];
const JSON_FILE_OPTIONS = ['max-file', 'max-size', 'compress', 'labels', 'labels-regex', 'env', 'env-regex', 'tag'];
const LOCAL_OPTIONS = ['max-file', 'max-size', 'compress'];
const MODES = [undefined, '', 'blocking', 'non-blocking'];

/** The driver of a container's logs. */
export function logDriver(hostConfig: HostConfig): string {
  const config = hostConfig['LogConfig'];
  const type = typeof config === 'object' && config !== null && 'Type' in config ? config.Type : '';
  return typeof type === 'string' && type !== '' ? type : 'json-file';
}

/** Throws `invalid-argument` for a driver that is not there, and for options that it does not know. */
export function checkLogConfig(hostConfig: HostConfig): void {
  const driver = logDriver(hostConfig);
  if (!DRIVERS.includes(driver)) {
    throw refused(`error looking up logging plugin ${driver}: plugin "${driver}" not found`);
  }
  if (driver === 'none') return;
  const options = logOptions(hostConfig['LogConfig']);
  const mode = options.get('mode');
  if (!MODES.includes(mode)) throw refused(`logger: logging mode not supported: ${mode ?? ''}`);
  if (options.has('max-buffer-size') && mode !== 'non-blocking') {
    throw refused("logger: max-buffer-size option is only supported with 'mode=non-blocking'");
  }
  for (const name of options.keys()) {
    if (COMMON_OPTIONS.includes(name)) continue;
    if (driver === 'json-file' && !JSON_FILE_OPTIONS.includes(name)) {
      throw refused(`unknown log opt '${name}' for json-file log driver`);
    }
    if (driver === 'local' && !LOCAL_OPTIONS.includes(name)) {
      throw refused(`unknown log opt '${name}' for log driver local`);
    }
  }
}

function refused(message: string): EngineError {
  return new EngineError('invalid-argument', message);
}
