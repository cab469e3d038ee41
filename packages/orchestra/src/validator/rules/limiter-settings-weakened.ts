import type { LimiterSettings } from '../../model';
import { limiterSettingsSchema } from '../../model/rule-settings';
import { namedSettings, type NamedSetting } from '../../syntax/limit-settings';
import { isSource } from '../../syntax/parse-source';
import { defineRule, type FilePair, type RuleLoss } from '../define-rule';

const configuration = /(^|\/)(\.env[^/]*|[^/]+\.(ya?ml|json|jsonc|toml|env)|Dockerfile[^/]*)$/;
const window = /window|interval|period|duration|seconds|_?ms$/i;
const switchedOff = /disable|skip|bypass|off$/i;

/** The numbers a limiter is made of stand elsewhere as often as not: in the configuration, under a name that says what they are. */
export const limiterSettingsWeakened = defineRule<LimiterSettings>({
  name: 'limiter-weakened',
  family: 'limiter',
  settings: (raw) => limiterSettingsSchema.parse(raw ?? {}),
  looksAt: (path, kind) => kind === 'production' && (isSource(path) || configuration.test(path)),
  losses: (pairs, { numbers }) => {
    const names = numbers.map((pattern) => new RegExp(pattern, 'i'));
    return pairs.flatMap((pair) => weaker(pair, (name) => names.some((each) => each.test(name))));
  },
});

function weaker({ change, base, head }: FilePair, concerns: (name: string) => boolean): readonly RuleLoss[] {
  if (base === undefined || head === undefined) return [];
  const after = namedSettings(head, concerns);
  const before = namedSettings(base, concerns);
  return after.flatMap((now) => {
    const because = loosened(before.find(({ name }) => name === now.name), now);
    return because === undefined ? [] : [{ path: change.path, where: now.name, range: [now.line, now.line] as const, because: `"${now.name}" ${because}.`, data: { limiter: now.name } }];
  });
}

function loosened(before: NamedSetting | undefined, { name, value }: NamedSetting): string | undefined {
  if (switchedOff.test(name) && value === true && before?.value !== true) return 'switches the limiter off';
  if (typeof value !== 'number' || typeof before?.value !== 'number') return /enabled?$/i.test(name) && value === false && before?.value === true ? 'is no longer enabled' : undefined;
  const wide = window.test(name.slice(name.lastIndexOf('.') + 1));
  if (wide ? value >= before.value : value <= before.value) return undefined;
  return wide ? `counts over ${value} instead of ${before.value}` : `is ${value} instead of ${before.value}`;
}
