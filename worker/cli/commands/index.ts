/** All docker commands, one line each. */
import type { Command } from '../command.ts';
import { buildxBuild } from './buildx/build.ts';
import { buildxCreate } from './buildx/create.ts';
import { buildxDu } from './buildx/du.ts';
import { buildxInspect } from './buildx/inspect.ts';
import { buildxLs } from './buildx/ls.ts';
import { buildxPrune } from './buildx/prune.ts';
import { buildxRm } from './buildx/rm.ts';
import { buildxStop } from './buildx/stop.ts';
import { buildxUse } from './buildx/use.ts';
import { buildxVersion } from './buildx/version.ts';
import { containerAttach } from './container/attach.ts';
import { containerCommit } from './container/commit.ts';
import { containerCp } from './container/cp.ts';
import { containerCreate } from './container/create.ts';
import { containerDiff } from './container/diff.ts';
import { containerExec } from './container/exec.ts';
import { containerExport } from './container/export.ts';
import { containerInspect } from './container/inspect.ts';
import { containerKill } from './container/kill.ts';
import { containerLogs } from './container/logs.ts';
import { containerLs } from './container/ls.ts';
import { containerPause } from './container/pause.ts';
import { containerPort } from './container/port.ts';
import { containerPrune } from './container/prune.ts';
import { containerRename } from './container/rename.ts';
import { containerRestart } from './container/restart.ts';
import { containerRm } from './container/rm.ts';
import { containerRun } from './container/run.ts';
import { containerStart } from './container/start.ts';
import { containerStats } from './container/stats.ts';
import { containerStop } from './container/stop.ts';
import { containerTop } from './container/top.ts';
import { containerUnpause } from './container/unpause.ts';
import { containerUpdate } from './container/update.ts';
import { containerWait } from './container/wait.ts';
import { imageHistory } from './image/history.ts';
import { imageImport } from './image/import.ts';
import { imageInspect } from './image/inspect.ts';
import { imageLoad } from './image/load.ts';
import { imageLs } from './image/ls.ts';
import { imagePrune } from './image/prune.ts';
import { imagePull } from './image/pull.ts';
import { imagePush } from './image/push.ts';
import { imageRm } from './image/rm.ts';
import { imageSave } from './image/save.ts';
import { imageTag } from './image/tag.ts';
import { contextCommands } from './context.ts';
import { inspect } from './inspect.ts';
import { login } from './login.ts';
import { logout } from './logout.ts';
import { manifestAnnotate } from './manifest/annotate.ts';
import { manifestCreate } from './manifest/create.ts';
import { manifestInspect } from './manifest/inspect.ts';
import { manifestPush } from './manifest/push.ts';
import { manifestRm } from './manifest/rm.ts';
import { networkConnect } from './network/connect.ts';
import { networkCreate } from './network/create.ts';
import { networkDisconnect } from './network/disconnect.ts';
import { networkInspect } from './network/inspect.ts';
import { networkLs } from './network/ls.ts';
import { networkPrune } from './network/prune.ts';
import { networkRm } from './network/rm.ts';
import { scan } from './scan.ts';
import { scoutCves } from './scout/cves.ts';
import { scoutQuickview } from './scout/quickview.ts';
import { scoutSbom } from './scout/sbom.ts';
import { pluginCommands } from './plugin.ts';
import { search } from './search.ts';
import { SWARM_COMMANDS } from './swarm/index.ts';
import { systemDf } from './system/df.ts';
import { systemEvents } from './system/events.ts';
import { systemInfo } from './system/info.ts';
import { systemPrune } from './system/prune.ts';
import { version } from './version.ts';
import { volumeCreate } from './volume/create.ts';
import { volumeInspect } from './volume/inspect.ts';
import { volumeLs } from './volume/ls.ts';
import { volumePrune } from './volume/prune.ts';
import { volumeRm } from './volume/rm.ts';
import { volumeUpdate } from './volume/update.ts';

export const COMMANDS: readonly Command[] = [
  buildxBuild,
  buildxCreate,
  buildxDu,
  buildxInspect,
  buildxLs,
  buildxPrune,
  buildxRm,
  buildxStop,
  buildxUse,
  buildxVersion,
  containerAttach,
  containerCommit,
  containerCp,
  containerCreate,
  containerDiff,
  containerExec,
  containerExport,
  containerInspect,
  containerKill,
  containerLogs,
  containerLs,
  containerPause,
  containerPort,
  containerPrune,
  containerRename,
  containerRestart,
  containerRm,
  containerRun,
  containerStart,
  containerStats,
  containerStop,
  containerTop,
  containerUnpause,
  containerUpdate,
  containerWait,
  imageHistory,
  imageImport,
  imageInspect,
  imageLoad,
  imageLs,
  imagePrune,
  imagePull,
  imagePush,
  imageRm,
  imageSave,
  imageTag,
  inspect,
  login,
  logout,
  manifestAnnotate,
  manifestCreate,
  manifestInspect,
  manifestPush,
  manifestRm,
  networkConnect,
  networkCreate,
  networkDisconnect,
  networkInspect,
  networkLs,
  networkPrune,
  networkRm,
  scan,
  scoutCves,
  scoutQuickview,
  scoutSbom,
  search,
  systemDf,
  systemEvents,
  systemInfo,
  systemPrune,
  version,
  volumeCreate,
  volumeInspect,
  volumeLs,
  volumePrune,
  volumeRm,
  volumeUpdate,
  ...contextCommands,
  ...pluginCommands,
  ...SWARM_COMMANDS,
];
