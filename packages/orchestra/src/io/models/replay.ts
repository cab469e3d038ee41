import type { LanguageModel } from '../ports';

export function createReplayModel(_root: string, _options: { readonly strict?: boolean }): LanguageModel {
  throw new Error('io/models/replay.ts is not written yet');
}
