import type { JsonValue } from '../../base/json.ts';
import type { Command } from '../command.ts';
import { CLIENT_COMMIT, CLIENT_VERSION } from '../global-options.ts';
import { OBJECT_FORMAT_HELP } from '../help-texts.ts';
import { formatObject } from '../objects-output.ts';

const CLIENT_API_VERSION = '1.50';
const CLIENT_GO_VERSION = 'go1.24.3';
const CLIENT_BUILD_TIME = 'Fri May 30 12:07:14 2025';

export const version: Command = {
  path: ['version'],
  summary: 'Show the Docker version information',
  usage: ['[OPTIONS]'],
  arguments: { least: 0, most: 0 },
  flags: [{ name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP }],
  async run({ docker, shell }, { flags }) {
    const server = await docker.system.version();
    const text = (name: string): string => (typeof server[name] === 'string' ? server[name] : '');
    const client = {
      Version: CLIENT_VERSION,
      ApiVersion: text('ApiVersion'),
      DefaultAPIVersion: CLIENT_API_VERSION,
      GitCommit: CLIENT_COMMIT,
      GoVersion: CLIENT_GO_VERSION,
      Os: 'linux',
      Arch: 'amd64',
      BuildTime: CLIENT_BUILD_TIME,
      Context: 'default',
    };
    const format = flags.text('format') ?? '';
    if (format !== '') {
      await shell.out.write(
        formatObject(
          format,
          { Client: client, Server: server as JsonValue },
          { typeName: 'system.versionInfo', templateName: 'version' },
        ),
      );
      return 0;
    }
    await shell.out.write(`Client:
 Version:           ${client.Version}
 API version:       ${client.ApiVersion} (downgraded from ${CLIENT_API_VERSION})
 Go version:        ${client.GoVersion}
 Git commit:        ${client.GitCommit}
 Built:             ${client.BuildTime}
 OS/Arch:           linux/amd64
 Context:           default

Server:
 Engine:
  Version:          ${text('Version')}
  API version:      ${text('ApiVersion')} (minimum version ${text('MinAPIVersion')})
  Go version:       ${text('GoVersion')}
  Git commit:       ${text('GitCommit')}
  Built:            ${text('BuildTime')}
  OS/Arch:          ${text('Os')}/${text('Arch')}
  Experimental:     false
`);
    return 0;
  },
};
