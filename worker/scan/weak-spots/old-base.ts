/** Images on a release of a distribution that is mended no more. */
import { releaseOf } from '../distribution.ts';
import { END_OF_LIFE_DATE, lastDayOf } from './end-of-life.ts';
import type { WeakSpotRule } from './weak-spot-rule.ts';

export const oldBase: WeakSpotRule = {
  ofImage({ distribution, nowMs }) {
    if (distribution === undefined) return undefined;
    const lastDay = lastDayOf(distribution.id, releaseOf(distribution));
    if (lastDay === undefined || nowMs < Date.parse(`${lastDay}T24:00:00Z`)) return undefined;
    return {
      kind: 'old-base',
      title: `${distribution.title} is out of support since ${lastDay}`,
      severity: 'high',
      why: `What is found in its packages from that day on stays open: there are no more updates to install. (Dates of support as known on ${END_OF_LIFE_DATE}.)`,
      advice: 'Start from a release that is still supported: change the FROM line.',
    };
  },
};
