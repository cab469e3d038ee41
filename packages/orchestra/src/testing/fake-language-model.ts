import type { LanguageModel, ModelReply, ModelRequest } from '../io/ports';

/** In the order asked, or computed from the request. A plain text is a reply of the model `fake-model`. */
export type FakeScript = readonly (string | ModelReply)[] | ((request: ModelRequest) => string | ModelReply | undefined);

export interface FakeLanguageModel extends LanguageModel {
  /** Every request so far, in order. */
  readonly calls: readonly ModelRequest[];
}

/** A model that says what it is told to say. Asked for anything else it throws, so that no test passes on a reply nobody wrote. */
export function fakeLanguageModel(script: FakeScript): FakeLanguageModel {
  const calls: ModelRequest[] = [];
  return {
    provider: 'fake',
    calls,
    ask: async (request) => {
      calls.push(request);
      const answer = typeof script === 'function' ? script(request) : script[calls.length - 1];
      if (answer === undefined) throw new Error(`fakeLanguageModel: no reply is scripted for ${request.taskId}, round ${request.round} (call ${calls.length}). The prompt was:\n${request.prompt}`);
      return typeof answer === 'string' ? { kind: 'reply', text: answer, model: 'fake-model' } : answer;
    },
  };
}
