import type { Evidence, Finding, Severity, Subject } from '../model';
import { docsOf, findingCatalogue, type CatalogueEntry, type EvidenceKind, type FindingRule } from './finding-catalogue';

/** One question the judge asks. Pure: the same evidence gives the same findings. */
export interface Check {
  readonly name: string;
  /** The rules it can emit. A spec holds them against the catalogue. */
  readonly rules: readonly FindingRule[];
  readonly judge: (evidence: Evidence) => readonly Finding[];
}

export interface CheckDefinition {
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
  const { name, rules, needs, appliesTo = () => true, judge } = definition;
  return {
    name,
    rules,
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
