import type { Policy, SpecialistPolicy } from '../model';
import { backend } from './backend/specialist';
import type { Specialist, SpecialistDefinition } from './define-specialist';
import { frontend } from './frontend/specialist';
import { infra } from './infra/specialist';
import { test } from './test/specialist';

/** Where two domains overlap, whoever plans takes the first that fits. */
const builtIn: readonly SpecialistDefinition[] = [backend, frontend, test, infra];

/**
 * The specialists of a workspace: the built-in four, then its own in the order of `orchestra.json`. An entry with a
 * built-in's name replaces that one's domain and, with a prompt file, its instructions; its place stays.
 *
 * @param promptTexts path of a prompt file → its text. An entry whose file is not in it keeps the built-in's
 * instructions, or the general ones: planning needs no prompts.
 */
export function specialistsOf(policy: Policy, promptTexts: ReadonlyMap<string, string> = new Map()): readonly Specialist[] {
  const specialists = new Map(builtIn.map((definition) => [definition.name, resolve(definition, policy)]));
  for (const entry of policy.specialists) specialists.set(entry.name, adapt(entry, specialists.get(entry.name), promptTexts));
  return [...specialists.values()];
}

function resolve({ domainFor, ...rest }: SpecialistDefinition, policy: Policy): Specialist {
  return { ...rest, domain: domainFor(policy) };
}

function adapt(entry: SpecialistPolicy, known: Specialist | undefined, promptTexts: ReadonlyMap<string, string>): Specialist {
  const text = entry.prompt === undefined ? undefined : promptTexts.get(entry.prompt)?.trim();
  const model = entry.model ?? known?.model;
  const contextTokens = entry.contextTokens ?? known?.contextTokens;
  return {
    name: entry.name,
    title: entry.title ?? known?.title ?? titleOf(entry.name),
    // Taken as it stands: whether this specialist may touch tests is for the workspace to say.
    domain: entry.domain,
    instructions: text ? { bugfix: text, feature: text } : (known?.instructions ?? { bugfix: general, feature: general }),
    ...(model === undefined ? {} : { model }),
    ...(contextTokens === undefined ? {} : { contextTokens }),
  };
}

const general = 'Work only in your own domain, in the style of the files around it. Say under `rootCause` or `summary` what was wrong or what is new.';

function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}
