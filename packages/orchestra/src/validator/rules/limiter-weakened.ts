import type { LimiterSettings } from '../../model';
import { limiterSettingsSchema } from '../../model/rule-settings';
import { limiters, type LimiterFact } from '../../syntax/limiters';
import { routeTable } from '../../syntax/route-table';
import type { SourceView } from '../../syntax/source-view';
import { defineRule, type FilePair, type RuleLoss } from '../define-rule';
import { effectiveGuards, type GuardedRoute } from './effective-guards';

/** A limiter that lets more through than before, or a route that lost its limiter. */
export const limiterWeakened = defineRule<LimiterSettings>({
  name: 'limiter-weakened',
  family: 'limiter',
  settings: (raw) => limiterSettingsSchema.parse(raw ?? {}),
  losses: (pairs, settings) => {
    const makes = matcher(settings.constructors);
    const known = new Map(pairs.flatMap(({ head }) => (head === undefined ? [] : limiters(head, makes))).map((limiter) => [limiter.name, limiter]));
    return pairs.flatMap((pair) => [...weakerLimiters(pair, makes, known), ...barerRoutes(pair, matcher(settings.limiters), known)]);
  },
});

function matcher(patterns: readonly string[]): (name: string) => boolean {
  const compiled = patterns.map((pattern) => new RegExp(pattern));
  return (name) => compiled.some((pattern) => pattern.test(name) || pattern.test(name.slice(name.lastIndexOf('.') + 1)));
}

type Known = ReadonlyMap<string, LimiterFact>;

function weakerLimiters({ change, base, head }: FilePair, makes: (name: string) => boolean, known: Known): readonly RuleLoss[] {
  if (base === undefined || head === undefined) return [];
  const after = limiters(head, makes);
  return limiters(base, makes).flatMap((before) => {
    const now = after.find((limiter) => limiter.name === before.name) ?? known.get(before.name);
    if (now === undefined) return stillNamed(before, head) ? [{ path: change.path, where: before.name, because: `"${before.name}" is no longer a limiter.`, data: { limiter: before.name } }] : [];
    return compareLimiters(before, now).map((because) => ({ path: change.path, where: now.name, range: now.range, because: `"${now.name}" ${because}.`, data: { limiter: now.name } }));
  });
}

/** Its name is still there, so that routes go on using it; what it was made with is not. */
function stillNamed({ name }: LimiterFact, head: SourceView): boolean {
  return new RegExp(`\\b${name.replace(/[^\w]/g, '\\$&')}\\b`).test(head.text);
}

function compareLimiters(before: LimiterFact, now: LimiterFact): readonly string[] {
  const exceptions = Object.keys(now.exceptions).filter((key) => now.exceptions[key] !== before.exceptions[key]);
  const reasons: string[] = [];
  const rate = (limiter: LimiterFact): number | undefined => (limiter.max === undefined || limiter.windowMs === undefined ? undefined : limiter.max / limiter.windowMs);
  const rates = { before: rate(before), now: rate(now) };
  if (before.max !== undefined && now.max === undefined) reasons.push(`no longer has a limit that can be read (was ${before.max})`);
  // A longer window with a larger maximum may be the same rate; a burst of it is not.
  if (before.max !== undefined && now.max !== undefined && now.max > before.max && !(rates.before !== undefined && rates.now !== undefined && rates.now < rates.before)) reasons.push(`lets ${now.max} requests through instead of ${before.max}`);
  else if (before.windowMs !== undefined && now.windowMs !== undefined && now.windowMs < before.windowMs && (now.max ?? 0) >= (before.max ?? 0)) reasons.push(`counts over ${now.windowMs} ms instead of ${before.windowMs} ms`);
  if (exceptions.length > 0) reasons.push(`lets requests pass uncounted by ${exceptions.sort().join(', ')}`);
  return reasons;
}

function barerRoutes({ change, base, head }: FilePair, isLimiter: (name: string) => boolean, known: Known): readonly RuleLoss[] {
  if (base === undefined || head === undefined) return [];
  const after = new Map(routes(head, isLimiter).map((route) => [route.key, route]));
  return routes(base, isLimiter).flatMap((before) => {
    const now = after.get(before.key);
    return now === undefined ? [] : compareRoutes(before, now, known).map((loss) => ({ path: change.path, where: before.name, range: now.entry.range, ...loss }));
  });
}

function routes(view: SourceView, isLimiter: (name: string) => boolean): readonly GuardedRoute[] {
  return effectiveGuards(routeTable(view), isLimiter);
}

type Loss = Pick<RuleLoss, 'because' | 'severity' | 'data'>;

function compareRoutes(before: GuardedRoute, now: GuardedRoute, known: Known): readonly Loss[] {
  const left = now.guards.filter(({ conditional }) => !conditional).map(({ name }) => name);
  const lost = before.guards.filter(({ name, conditional }) => !conditional && !left.includes(name)).map(({ name }) => name);
  const gained = left.filter((name) => !before.guards.some((guard) => guard.name === name));
  return [...new Set(lost)].flatMap((limiter): readonly Loss[] => {
    const data = { limiter, gained };
    const kept = now.guards.some(({ name }) => name === limiter);
    if (kept) return [{ because: `${before.name}: "${limiter}" now runs under a condition.`, data }];
    const [other] = gained;
    if (other === undefined) return [{ because: `${before.name} is no longer behind "${limiter}".`, data }];
    const laxer = (known.get(other)?.max ?? Infinity) > (known.get(limiter)?.max ?? Infinity);
    const stricter = (known.get(other)?.max ?? Infinity) <= (known.get(limiter)?.max ?? -Infinity);
    if (stricter) return [];
    const because = `${before.name} is behind "${other}" instead of "${limiter}"`;
    return laxer ? [{ because: `${because}, which lets more through.`, data }] : [{ because: `${because}; which of them is stricter cannot be read from the diff.`, severity: 'person', data }];
  });
}
