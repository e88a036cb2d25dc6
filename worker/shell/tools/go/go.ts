/** The go command, simulated: modules and builds of programs with the standard library alone. */
import type { Applet } from '../../applets/applet.ts';
import { goBuild } from './build-command.ts';
import { findInstallation, goEnvironment } from './installation.ts';
import { goMod } from './mod-command.ts';
import { findModule } from './module.ts';

export const go: Applet = {
  names: ['go'],
  summary: 'Go is a tool for managing Go source code. (Simulated.)',
  usage: '<command> [arguments]',
  usageStatus: 2,
  async run(context) {
    const installation = await findInstallation(context);
    const [command, ...args] = context.args;
    switch (command) {
      case undefined:
      case 'help':
        await context.err.write(
          'Go is a tool for managing Go source code.\n\nUsage:\n\n\tgo <command> [arguments]\n\nHere the commands are: build, env, fmt, install, mod, run, version, vet. They are simulated.\n',
        );
        return command === undefined ? 2 : 0;
      case 'version':
        await context.out.write(`go version ${installation.version} linux/amd64\n`);
        return 0;
      case 'env': {
        const module = await findModule(context);
        const settings = goEnvironment(
          context,
          installation,
          module === undefined ? undefined : `${module.directory}/go.mod`,
        );
        const names = args.filter((word) => !word.startsWith('-'));
        if (names.length > 0) await context.out.write(names.map((name) => `${settings.get(name) ?? ''}\n`).join(''));
        else for (const [name, value] of settings) await context.out.write(`${name}='${value}'\n`);
        return 0;
      }
      case 'mod':
        return goMod(context, installation, args);
      case 'build':
      case 'install':
      case 'run':
      case 'vet':
        return goBuild(context, installation, command, args);
      case 'fmt':
      case 'clean':
        context.simulate(`go ${command}: changes nothing here`);
        return 0;
      case 'get':
      case 'test':
      case 'generate':
      case 'tool':
      case 'work':
      case 'list':
      case 'doc':
        await context.err.write(`go: "go ${command}" is not simulated by Strata: it needs the Go toolchain itself\n`);
        return 1;
      default:
        await context.err.write(`go ${command}: unknown command\nRun 'go help' for usage.\n`);
        return 2;
    }
  },
};
