import { mkdirSync } from 'node:fs';
import { hubVersion } from '../io/code-fingerprint';
import { createIndexCache } from '../io/index-cache';
import type { Repository } from '../io/ports';
import { rememberIndex } from '../io/remember-index';
import { canonicalJson, OrchestraError, sha256, type BacktestCase, type Calibration, type RankingWeights } from '../model';
import { calibrate, type Kept } from '../orchestrator/backtest/calibrate';
import type { CaseWorld } from '../orchestrator/backtest/run-case';
import { parsePolicy } from '../orchestrator/plan/parse-policy';
import { policyPath } from '../orchestrator/policy-path';

export const fewestToCalibrate = 30;

export interface CalibrationOptions {
  /** Folder in which what was read of each fix is kept. */
  readonly cache: string;
  readonly history: boolean;
}

/** `backtest --calibrate`: the policy's weights against those that its own fixes ask for. @throws OrchestraError 'input' on too few fixes. */
export async function calibrateWeights({ cache: folder, history }: CalibrationOptions, neighbours: Pick<CaseWorld, 'repository' | 'progress'>, cases: readonly BacktestCase[]): Promise<Calibration> {
  if (cases.length < fewestToCalibrate) {
    throw new OrchestraError('input', `The history holds ${cases.length} such fixes, and fewer than ${fewestToCalibrate} say nothing about the next one. Leave the weights as they are.`);
  }
  mkdirSync(folder, { recursive: true });
  const cache = createIndexCache(folder);
  const current = await weightsAtHead(neighbours.repository);
  return calibrate({ ...neighbours, index: rememberIndex(cache), clock: () => performance.now() }, keptIn(cache), { cases, current, history });
}

const kind = 'calibration-v1';

function keptIn(cache: ReturnType<typeof createIndexCache>): Kept {
  const version = hubVersion();
  return async <T>(what: object, make: () => Promise<T>) => {
    const key = sha256(canonicalJson({ what, version }));
    const known = (await cache.read<T>(kind, [key])).get(key);
    if (known !== undefined) return known;
    const made = await make();
    await cache.write(kind, new Map([[key, made]]));
    return made;
  };
}

async function weightsAtHead(repository: Repository): Promise<RankingWeights> {
  const head = await repository.head();
  const texts = await repository.readTexts(head, [policyPath]);
  return parsePolicy(texts.get(policyPath), `${policyPath} at ${head.slice(0, 12)}`).ranking.weights;
}
