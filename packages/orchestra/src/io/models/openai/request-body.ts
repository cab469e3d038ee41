import type { ModelParameters, OpenAiSettings } from '../../../model';
import type { Quirks } from './quirks';

/** What goes over the wire, less what the server is known not to take. One user message: roles are where servers differ most. */
export type RequestBody = Readonly<Record<string, unknown>>;

export function requestBody(model: string, prompt: string, parameters: ModelParameters, quirks: Quirks, room: number | undefined): RequestBody {
  const stream = (parameters.stream ?? true) && quirks.stream;
  const limit = lower(parameters.maxOutputTokens, room);
  const wanted: Record<string, unknown> = {
    ...parameters.parameters,
    model,
    messages: [{ role: 'user', content: prompt }],
    ...(limit === undefined ? {} : { [quirks.limitName]: limit }),
    ...(parameters.temperature === undefined ? {} : { temperature: parameters.temperature }),
    ...(parameters.reasoningEffort === undefined ? {} : { reasoning_effort: parameters.reasoningEffort }),
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !quirks.leftOut.includes(name)));
}

export function parametersOf(settings: OpenAiSettings, model: string): ModelParameters {
  const { maxOutputTokens, temperature, reasoningEffort, stream, parameters } = settings;
  const common = Object.fromEntries(Object.entries({ maxOutputTokens, temperature, reasoningEffort, stream, parameters }).filter(([, value]) => value !== undefined));
  const { price: _price, ...own } = (Object.hasOwn(settings.models, model) ? settings.models[model] : undefined) ?? {};
  return { ...common, ...own };
}

function lower(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}
