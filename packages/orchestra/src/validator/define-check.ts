import type { Evidence, Finding, Severity, Subject } from '../model';
import { docsOf, findingCatalogue, type CatalogueEntry, type EvidenceKind, type FindingRule } from './finding-catalogue';

/**
 * Where a check can be asked. `texts`: of any part of a diff, one project's as well, so that its answer may be cached.
 * `diff`: of a whole diff, with nothing planned and nothing run. `gate`: only where plans were made again and things were run.
 */
export type CheckScope = 'texts' | 'diff' | 'gate';

/** What is registered of a check beside its question. */
interface CheckStanding {
  readonly scope: CheckScope;
  /** Held against every diff, by whoever; a new workspace starts everything else as `evaluated`. */
  readonly core: boolean;
  /** On a diff nobody planned it is shown, not held against its author: only a plan makes it fair. */
  readonly onlyWhenPlanned: boolean;
}

/** One question the judge asks. Pure: the same evidence gives the same findings. */
export interface Check extends CheckStanding {
  readonly name: string;
  /** The rules it can emit. A spec holds them against the catalogue. */
  readonly rules: readonly FindingRule[];
  readonly judge: (evidence: Evidence) => readonly Finding[];
}

/** Left out: asked at the gate, outside the core, and held against unplanned diffs too. */
export interface CheckDefinition extends Partial<CheckStanding> {
  readonly name: string;
  readonly rules: readonly FindingRule[];
  /** Evidence it cannot do without. A missing piece is a finding for a person, never a pass. */
  readonly needs: readonly (keyof Evidence)[];
  /** Kinds of change the question makes sense for; all when left out. A question that is not asked needs no evidence. */
  readonly appliesTo?: (evidence: Evidence) => boolean;
  readonly judge: (evidence: Evidence, find: FindingMaker) => readonly Finding[];
}

export interface FindingFacts {
  readonly because: string;
  readonly subject?: Subject;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Overrides the default of the catalogue for this kind of change. */
  readonly severity?: Severity;
}
export type FindingMaker = (rule: FindingRule, facts: FindingFacts) => Finding;

export function defineCheck(definition: CheckDefinition): Check {
  const { name, rules, needs, scope = 'gate', core = false, onlyWhenPlanned = false, appliesTo = () => true, judge } = definition;
  return {
    name,
    rules,
    scope,
    core,
    onlyWhenPlanned,
    judge: (evidence) => {
      if (!appliesTo(evidence)) return [];
      const find = findingMaker(name, evidence.kind);
      const missing = needs.filter((key) => evidence[key] === undefined);
      if (missing.length > 0) return missing.map((key) => evidenceMissing(find, key));
      return judge(evidence, find);
    },
  };
}

export function findingMaker(check: string, kind: EvidenceKind): FindingMaker {
  return (rule, facts) => makeFinding(check, rule, { ...findingCatalogue[rule], docs: docsOf(rule) }, kind, facts);
}

/** For rules that are not in the catalogue: they bring their own entry along. */
export function makeFinding(check: string, rule: string, about: CatalogueEntry & { readonly docs?: string }, kind: EvidenceKind, facts: FindingFacts): Finding {
  const { because, subject = {}, data = {}, severity = about.severity[kind] } = facts;
  const { title, whatToDo, docs } = about;
  return { check, rule, severity, subject, because, title, whatToDo, ...(docs === undefined ? {} : { docs }), data };
}

export function evidenceMissing(find: FindingMaker, key: keyof Evidence): Finding {
  return find('evidence-missing', { because: `No "${key}" was collected, and the check cannot answer without it.`, data: { missing: key } });
}
