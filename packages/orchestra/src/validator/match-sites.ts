import type { RuleSite } from './define-rule';

/** A site with the file it stands in; `path` is that of head, on both sides. */
export interface PlacedSite extends RuleSite {
  readonly rule: string;
  readonly path: string;
}

export interface SiteDelta {
  /** Head has them and base did not. */
  readonly added: readonly PlacedSite[];
  /** Head still has them, wherever they stood on base. */
  readonly kept: readonly PlacedSite[];
  /** Those of `kept` whose outline is another one now, with what they were: the change had them in its hands and left them open. */
  readonly rewritten: ReadonlyMap<PlacedSite, PlacedSite>;
}

type Same = (base: PlacedSite, head: PlacedSite) => boolean;

/**
 * Which sites of head base already had. The passes go from certain to likely: the same place, the same place under another
 * subject (a renamed table), the same code elsewhere (a moved function). A site that weighs more than its partner on
 * base got worse, and is not matched with it.
 */
const passes: readonly Same[] = [
  (a, b) => samePlace(a, b) && a.subject === b.subject && a.shape === b.shape && a.rule === b.rule,
  (a, b) => samePlace(a, b) && a.subject === b.subject && a.rule === b.rule,
  (a, b) => samePlace(a, b) && a.subject === b.subject,
  (a, b) => samePlace(a, b) && a.shape === b.shape,
  (a, b) => a.subject === b.subject && a.shape === b.shape,
  (a, b) => a.subject === b.subject && a.outline === b.outline && (a.where === b.where || a.path !== b.path),
  (a, b) => a.path === b.path && a.subject === b.subject && a.outline === b.outline,
];

export function matchSites(base: readonly PlacedSite[], head: readonly PlacedSite[]): SiteDelta {
  const left = new Set(base);
  const right = new Set(head);
  const rewritten = new Map<PlacedSite, PlacedSite>();
  for (const same of passes) {
    for (const site of right) {
      const partner = [...left].find((candidate) => same(candidate, site) && weightOf(candidate) >= weightOf(site));
      if (partner === undefined) continue;
      left.delete(partner);
      right.delete(site);
      if (partner.outline !== site.outline && partner.witness !== true) rewritten.set(site, partner);
    }
  }
  return { added: head.filter((site) => right.has(site)), kept: head.filter((site) => !right.has(site)), rewritten };
}

function samePlace(a: PlacedSite, b: PlacedSite): boolean {
  return a.path === b.path && a.where === b.where;
}

function weightOf(site: RuleSite): number {
  return site.weight ?? 1;
}
