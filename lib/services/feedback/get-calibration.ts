// How well the scores of all workspaces hold against the outcomes that were told: the reliability table, the Brier score, the
// map from score to observed share, and whether that is enough to call the score calibrated. Reads sums only: no address, no
// owner. Promises no figure where there is no outcome. Belongs to the operator; no customer's call leads here.
import { tallyByScore } from '@/lib/data/feedback';
import { assessCalibration, type CalibrationReport } from '@/lib/domain/calibration';

export async function getCalibration(): Promise<CalibrationReport> {
  return assessCalibration(await tallyByScore());
}
