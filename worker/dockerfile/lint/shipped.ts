/** Which stages' layers reach an image: those of a stage that others only copy files from stay behind. */
import type { AnalysedStage, Analysis } from '../analysis/analyse.ts';

/** Several checks ask of the same file. */
const known = new WeakMap<readonly AnalysedStage[], readonly AnalysedStage[]>();

/** The last stage, those that nothing takes files from and that are built by name, and all that they stand on. */
export function shippedStages({ stages }: Pick<Analysis, 'stages'>): readonly AnalysedStage[] {
  const found = known.get(stages) ?? findShipped(stages);
  known.set(stages, found);
  return found;
}

function findShipped(stages: readonly AnalysedStage[]): readonly AnalysedStage[] {
  const used = usedStages(stages);
  const shipped = new Set<AnalysedStage>();
  for (const stage of stages) {
    if (used.has(stage) && stage !== stages.at(-1)) continue;
    for (let at: AnalysedStage | undefined = stage; at !== undefined && !shipped.has(at); at = at.base) shipped.add(at);
  }
  return stages.filter((stage) => shipped.has(stage));
}

/** Stages that a later one stands on, or takes files from. */
function usedStages(stages: readonly AnalysedStage[]): ReadonlySet<AnalysedStage> {
  const used = new Set<AnalysedStage>();
  const byName = new Map<string, AnalysedStage>();
  for (const stage of stages) {
    if (stage.base !== undefined) used.add(stage.base);
    for (const { sources } of stage.instructions) {
      for (const source of sources) {
        const found = byName.get(source.toLowerCase()) ?? (/^\d+$/.test(source) ? stages[Number(source)] : undefined);
        if (found !== undefined) used.add(found);
      }
    }
    if (stage.name !== '') byName.set(stage.name, stage);
  }
  return used;
}
