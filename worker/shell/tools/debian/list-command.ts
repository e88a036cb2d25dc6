/** `apt list`: packages with their versions, a line each. */
import type { AppletContext } from '../../applets/context.ts';
import type { AptOptions } from './apt-options.ts';
import { readAptState } from './apt-state.ts';
import { installedPackages } from './dpkg-database.ts';
import { installedNamed, nameOf } from './planning.ts';

export async function listPackages(context: AppletContext, command: AptOptions): Promise<number> {
  const state = await readAptState(context);
  await context.out.write('Listing...\n');
  const { database, available } = state;
  const onlyInstalled = command.options.has('installed');
  const onlyUpgradable = command.options.has('upgradable');
  const all = new Map([
    ...available,
    ...installedPackages(database).map((paragraph) => [nameOf(paragraph), paragraph] as const),
  ]);
  const patterns = command.operands.map(
    (word) => new RegExp(`^${word.replace(/[.+]/g, '\\$&').replaceAll('*', '.*')}$`),
  );
  for (const name of [...all.keys()].sort()) {
    if (patterns.length > 0 && !patterns.some((pattern) => pattern.test(name))) continue;
    const there = installedNamed(database, name);
    const newest = available.get(name) ?? there;
    const upgradable =
      state.otherRelease === undefined && there !== undefined && there.get('Version') !== newest?.get('Version');
    if ((onlyInstalled && there === undefined) || (onlyUpgradable && !upgradable)) continue;
    const marks = [
      ...(there === undefined ? [] : [upgradable ? `upgradable from: ${there.get('Version') ?? ''}` : 'installed']),
      ...(there !== undefined && !upgradable && database.automatic.has(name) ? ['automatic'] : []),
    ];
    const version = (onlyInstalled ? there : newest)?.get('Version') ?? '';
    const architecture = newest?.get('Architecture') ?? '';
    const suite = available.has(name) ? (available.get(name)?.get('Suite') ?? 'stable') : 'now';
    await context.out.write(
      `${name}/${suite} ${version} ${architecture}${marks.length > 0 ? ` [${marks.join(',')}]` : ''}\n`,
    );
  }
  return 0;
}
