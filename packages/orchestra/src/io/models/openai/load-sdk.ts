import { OrchestraError } from '../../../model';

/** The parts of the SDK that are used, so that nothing else of it crosses into our code. */
export type Sdk = Awaited<ReturnType<typeof load>>;

async function load() {
  const [{ OpenAI, APIError, APIConnectionError, APIConnectionTimeoutError, APIUserAbortError }, { Stream }] = await Promise.all([import('openai'), import('openai/streaming')]);
  return { OpenAI, APIError, APIConnectionError, APIConnectionTimeoutError, APIUserAbortError, Stream };
}

/**
 * An optional peer, loaded when it is first needed: whoever works with recordings or by hand never installs it.
 * @throws OrchestraError 'input' saying how to install it
 */
export async function loadSdk(importSdk: () => Promise<Sdk> = load): Promise<Sdk> {
  try {
    return await importSdk();
  } catch (cause) {
    throw new OrchestraError('input', '--provider=openai needs the package "openai", which this workspace does not have. Install it (npm i -D openai@6), or use --provider=handoff or --provider=command.', { cause });
  }
}
