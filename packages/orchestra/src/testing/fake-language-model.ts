import type { LanguageModel, ModelReply, ModelRequest } from '../io/ports';

export interface FakeLanguageModel extends LanguageModel {
  readonly calls: readonly ModelRequest[];
}

export function fakeLanguageModel(_script: readonly (string | ModelReply)[] | ((request: ModelRequest) => string | ModelReply)): FakeLanguageModel {
  throw new Error('testing/fake-language-model.ts is not written yet');
}
