/** Home directories of new users. */
import type { AppletContext } from './context.ts';
import { Copier } from './copying.ts';
import { changeTrees } from './ownership.ts';

/** Makes a home as a copy of the skeleton, all of it the user's; one that is there is only given to the user. */
export async function makeHome(
  context: AppletContext,
  home: string,
  uid: number,
  gid: number,
  look: { readonly skeleton: string; readonly mode: number },
): Promise<void> {
  try {
    if (context.files.find(home) === undefined) {
      if (context.files.find(look.skeleton)?.inode.kind === 'directory')
        await copySkeleton(context, look.skeleton, home);
      else context.files.makeDirectory(home);
      await changeTrees(context, [home], {
        recursive: true,
        quiet: false,
        change: (path) => {
          context.files.changeOwner(path, uid, gid, false);
        },
      });
    }
    context.files.changeOwner(home, uid, gid);
    context.files.changeMode(home, look.mode);
  } catch (error) {
    await context.report(home, error);
  }
}

async function copySkeleton(context: AppletContext, skeleton: string, home: string): Promise<void> {
  const copier = new Copier(context, {
    recursive: true,
    preserve: false,
    follow: 'none',
    force: false,
    noClobber: false,
    update: false,
    link: undefined,
    verbose: false,
  });
  await copier.copy(skeleton, home);
}
