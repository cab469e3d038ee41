import type { OpenAiSettings } from '../../../model';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where requests go and what opens the door there. Never written, logged or passed to a child. */
export interface Connection {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly organization: string | undefined;
  readonly project: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const officialUrl = 'https://api.openai.com/v1';

/** The connection, or everything that is missing or wrong at once. No message quotes a value: any of them may be a key. */
export function openConnection(settings: OpenAiSettings, environment: Environment): { readonly connection: Connection } | { readonly mistakes: readonly string[] } {
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const apiKey = value('OPENAI_API_KEY');
  const baseUrl = value('OPENAI_BASE_URL') ?? officialUrl;
  const extra = parseHeaders(value('OPENAI_CUSTOM_HEADERS') ?? '');
  const mistakes = [
    ...(apiKey === undefined ? ['OPENAI_API_KEY is not set (a server that needs no key takes any text)'] : []),
    ...(apiKey !== undefined && /[^\x21-\x7e]/.test(apiKey) ? ['OPENAI_API_KEY holds characters that no key has (a line break or a blank from copying?)'] : []),
    ...(isHttpUrl(baseUrl) ? [] : ['OPENAI_BASE_URL is not an http or https address without name and password in it, e.g. http://localhost:11434/v1']),
    ...(extra === undefined ? ['OPENAI_CUSTOM_HEADERS must hold "Name: value" lines'] : []),
  ];
  if (mistakes.length > 0 || apiKey === undefined || extra === undefined) return { mistakes };
  return {
    connection: {
      apiKey, baseUrl,
      organization: settings.organization ?? value('OPENAI_ORG_ID'),
      project: settings.project ?? value('OPENAI_PROJECT_ID'),
      headers: { ...settings.headers, ...extra },
    },
  };
}

/** The endpoint without anything that could be a key: for messages, and as the name under which its quirks are remembered. */
export function endpointName(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

function isHttpUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

function parseHeaders(text: string): Readonly<Record<string, string>> | undefined {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const pairs = lines.map((line) => /^([A-Za-z0-9-]+)\s*:\s*(.*)$/.exec(line));
  return pairs.some((pair) => pair === null) ? undefined : Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? '']));
}
