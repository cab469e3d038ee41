import { OrchestraError, type ChangedFile, type Evidence, type Finding, type Policy } from '../model';
import { isSource } from '../syntax/parse-source';
import type { SourceView } from '../syntax/source-view';
import { viewsOf } from './change-views';
import { changedLines } from './changed-lines';
import { classifyPath, withoutRecords } from './classify-path';
import { findingMaker, makeFinding, type Check } from './define-check';
import { isDebtRule, type DebtRule, type FilePair, type LossRule, type Rule, type RuleSite } from './define-rule';
import { docsOf, findingCatalogue, type CatalogueEntry } from './finding-catalogue';
import { matchSites, type PlacedSite } from './match-sites';
import { isRuled, productionFiles, type Side } from './production-files';
import { settingsFor } from './settings-for';

/** A check made of rules: every touched file is parsed once per side, each family counted as one. */
export function rulesCheck(name: string, rules: readonly Rule[]): Check {
  return {
    name,
    rules: [...rules.map((rule) => rule.name as Check['rules'][number]), 'source-unreadable'],
    scope: 'texts',
    core: true,
    onlyWhenPlanned: false,
    judge: (evidence) => {
      const changes = withoutRecords(evidence.changes, evidence.policy);
      const pairs = changes.map(viewsOf);
      const looksAt = sightOf(changes, evidence.policy);
      return [
        ...familiesOf(rules.filter(isDebtRule)).flatMap((family) => judgeFamily(name, family, pairs, evidence, looksAt)),
        ...rules.filter((rule): rule is LossRule => !isDebtRule(rule)).flatMap((rule) => judgeLosses(name, rule, pairs, evidence, looksAt)),
        ...pairs.flatMap((pair) => unreadable(name, pair, evidence)),
      ];
    },
  };
}

function familiesOf(rules: readonly DebtRule[]): readonly (readonly DebtRule[])[] {
  const names = [...new Set(rules.map((rule) => rule.family))];
  return names.map((name) => rules.filter((rule) => rule.family === name));
}

function judgeFamily(check: string, rules: readonly DebtRule[], pairs: readonly FilePair[], evidence: Evidence, looksAt: LooksAt): readonly Finding[] {
  const asked = rules.filter((rule) => concernsAny(rule, pairs, evidence.policy, looksAt));
  const read = (side: Side): readonly PlacedSite[] => pairs.flatMap((pair) => asked.flatMap((rule) => sitesOf(rule, pair, side, evidence.policy, looksAt)));
  const { added, kept, rewritten } = matchSites(read('base'), read('head'));
  const report = (site: PlacedSite, standing: Standing): Finding => describeSite(check, site, rules, evidence, standing);
  const worse = (site: PlacedSite): PlacedSite => withLoss(site, rules, pairs, evidence.policy, looksAt);
  const touched = touchedSites(kept.filter((site) => site.witness !== true), pairs);
  return [
    ...added.filter((site) => site.witness !== true).map((site) => report(worse(site), 'new')),
    ...touched.map((site) => report(site, standingOf(site, rewritten.get(site), evidence))),
  ];
}

function concernsAny(rule: DebtRule, pairs: readonly FilePair[], policy: Policy, looksAt: LooksAt): boolean {
  const { concerns } = rule;
  if (concerns === undefined) return true;
  const settings = settingsOf(rule, policy);
  const sides = ['base', 'head'] as const;
  return pairs.some((pair) => sides.some((side) => pair[side] !== undefined && looksAt(rule, pair[side], side) && concerns(pair[side], settings)));
}

function sitesOf(rule: DebtRule, pair: FilePair, side: Side, policy: Policy, looksAt: LooksAt): readonly PlacedSite[] {
  const view = pair[side];
  if (view === undefined || !looksAt(rule, view, side)) return [];
  return rule.sites(view, settingsOf(rule, policy)).map((site) => ({ ...site, rule: rule.name, path: pair.change.path }));
}

function withLoss(site: PlacedSite, rules: readonly DebtRule[], pairs: readonly FilePair[], policy: Policy, looksAt: LooksAt): PlacedSite {
  const rule = rules.find(({ name }) => name === site.rule);
  if (rule?.severityOfLoss === undefined) return site;
  const on = (side: Side): readonly SourceView[] => pairs.flatMap(({ [side]: view }) => (view !== undefined && looksAt(rule, view, side) ? [view] : []));
  const severity = rule.severityOfLoss(site, { base: on('base'), head: on('head') }, settingsOf(rule, policy));
  return severity === undefined ? site : { ...site, severity };
}

type LooksAt = (rule: Rule, view: SourceView, side: Side) => boolean;

/** Which files a rule sees, asked per side: a helper that head makes production brings its debt along as new. */
function sightOf(changes: readonly ChangedFile[], policy: Policy): LooksAt {
  const production = { base: productionFiles(changes, policy, 'base'), head: productionFiles(changes, policy, 'head') };
  return (rule, view, side) =>
    rule.looksAt === undefined ? isSource(view.path) && isRuled(view.path, policy, production[side]) : rule.looksAt(view.path, classifyPath(view.path, policy));
}

/** Settings come from the policy and its preset; a mistake in them is its author's, and stops the judge. */
function settingsOf(rule: Rule, policy: Policy): unknown {
  try {
    return rule.settings(settingsFor(rule.name, policy));
  } catch (error) {
    throw new OrchestraError('input', `rules.${rule.name} in the policy: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Old debt in a function that the diff edits: worth knowing while one is there, and never a reason to refuse. */
function touchedSites(kept: readonly PlacedSite[], pairs: readonly FilePair[]): readonly PlacedSite[] {
  const lines = new Map<string, ReadonlySet<number>>();
  return kept.filter(({ path, functionRange: [first, last] }) => {
    const pair = pairs.find((each) => each.change.path === path);
    const changed = lines.get(path) ?? (pair === undefined ? new Set<number>() : changedLines(pair.change));
    lines.set(path, changed);
    return [...changed].some((line) => line >= first && line <= last);
  });
}

/**
 * `known` is old debt beside the edit, and informs; `rewritten` is old debt that the edit itself is about: a person looks at it.
 * `half-mended` is what a bugfix wrote itself, and weighs like new.
 */
type Standing = 'new' | 'known' | 'rewritten' | 'half-mended';

const prefixes: Readonly<Record<Standing, string>> = {
  new: '', known: 'Stood here before this change: ', rewritten: 'Stood here before, and this change rewrites it without mending it: ', 'half-mended': 'Stood here wide open before, and this bugfix mends it by half: ',
};

function standingOf(site: PlacedSite, before: PlacedSite | undefined, { kind }: Evidence): Standing {
  if (before === undefined) return 'known';
  return kind === 'bugfix' && site.half === true && before.half !== true ? 'half-mended' : 'rewritten';
}

function describeSite(check: string, site: PlacedSite, rules: readonly DebtRule[], evidence: Evidence, standing: Standing): Finding {
  const rule = rules.find((each) => each.name === site.rule);
  const rewritten = site.severity === 'warn' || site.severity === 'info' ? site.severity : ('person' as const);
  const severity = { new: site.severity, known: 'info' as const, rewritten, 'half-mended': site.severity }[standing];
  return makeFinding(check, site.rule, aboutOf(site.rule, rule), evidence.kind, {
    subject: subjectOf(site),
    because: `${prefixes[standing]}${site.because}`,
    data: { subject: site.subject, ...site.data, ...(standing === 'new' ? {} : { before: true }) },
    ...(severity === undefined ? {} : { severity }),
  });
}

function subjectOf({ path, where, range }: RuleSite & { readonly path: string }): Finding['subject'] {
  return { path, where, range: [range[0], range[1]] };
}

function judgeLosses(check: string, rule: LossRule, pairs: readonly FilePair[], evidence: Evidence, looksAt: LooksAt): readonly Finding[] {
  const seen = pairs.filter(({ base, head }) => (base !== undefined && looksAt(rule, base, 'base')) || (head !== undefined && looksAt(rule, head, 'head')));
  return rule.losses(seen, settingsOf(rule, evidence.policy), evidence.kind, evidence.policy).map(({ path, where, range, because, severity, data }) =>
    makeFinding(check, rule.name, aboutOf(rule.name, rule), evidence.kind, {
      subject: { path, where, ...(range === undefined ? {} : { range: [range[0], range[1]] }) },
      because,
      ...(data === undefined ? {} : { data }),
      ...(severity === undefined ? {} : { severity }),
    }),
  );
}

function aboutOf(name: string, rule: Rule | undefined): CatalogueEntry & { readonly docs?: string } {
  if (rule?.about !== undefined) return rule.about;
  const entry: CatalogueEntry | undefined = Object.hasOwn(findingCatalogue, name) ? findingCatalogue[name as keyof typeof findingCatalogue] : undefined;
  if (entry === undefined) throw new Error(`The rule "${name}" has neither an entry in the catalogue nor an "about" of its own.`);
  return { ...entry, docs: docsOf(name) };
}

function unreadable(check: string, { change, head }: FilePair, evidence: Evidence): readonly Finding[] {
  if (head === undefined || !head.unreadable) return [];
  return [findingMaker(check, evidence.kind)('source-unreadable', { subject: { path: change.path }, because: `${change.path} is nested too deeply to be parsed.` })];
}
