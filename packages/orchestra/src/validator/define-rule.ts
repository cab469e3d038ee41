import type { ChangedFile, Policy, Severity } from '../model';
import type { SourceView } from '../syntax/source-view';
import type { PathClass } from './classify-path';
import type { CatalogueEntry, EvidenceKind } from './finding-catalogue';

/** One occurrence of what a rule forbids, on one side of the diff. */
export interface RuleSite {
  /** Enclosing function or `METHOD path`. */
  readonly where: string;
  /** What it is about: a table, a variable, a limiter. */
  readonly subject: string;
  /** Equal for the same code in another layout, and under another subject. Tells a move from a new one. */
  readonly shape: string;
  /** A coarser shape, that survives renamed variables. */
  readonly outline: string;
  /** 1-based, inclusive. */
  readonly range: readonly [number, number];
  /** Lines of the enclosing function. */
  readonly functionRange: readonly [number, number];
  readonly because: string;
  readonly severity?: Severity;
  readonly data?: Readonly<Record<string, unknown>>;
  /** How bad inside its family; a site that got worse is new. 1 when left out. */
  readonly weight?: number;
  /** It is half mended: what it lacks is there, and does not do. A bugfix that mends a hole by half has written the other half. */
  readonly half?: boolean;
  /** Counts on base, so that rewriting it adds nothing, and is never reported itself: another tool answers for it. */
  readonly witness?: boolean;
}

/** Something base had and head has not. */
export interface RuleLoss {
  readonly path: string;
  readonly where: string;
  readonly range?: readonly [number, number];
  readonly because: string;
  readonly severity?: Severity;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A changed file, both sides parsed at most once for all rules. */
export interface FilePair {
  readonly change: ChangedFile;
  readonly base?: SourceView;
  readonly head?: SourceView;
}

interface RuleHead<S> {
  readonly name: string;
  /** Rules of a family are counted together: mending one by breaking another adds nothing and mends nothing. */
  readonly family: string;
  /** Reads the rule's settings from `rules` of the policy; throws what is wrong with them. `undefined` when there are none. */
  readonly settings: (raw: unknown) => S;
  /** Needed for rules of one's own; built-in rules have theirs in the catalogue. */
  readonly about?: CatalogueEntry;
  /** Which files it looks at. Source that is no test when left out. */
  readonly looksAt?: (path: string, kind: PathClass) => boolean;
}

/** Every file of the diff that the rule looks at, as it was and as it is. */
export interface RuleSides {
  readonly base: readonly SourceView[];
  readonly head: readonly SourceView[];
}

/** A rule about what stands in the code: occurrences are counted on both sides, and only what head has more of is new. */
export interface DebtRule<S = unknown> extends RuleHead<S> {
  readonly sites: (view: SourceView, settings: S) => readonly RuleSite[];
  /**
   * Whether a text is about the rule's matter at all. Asked of every file of the diff on both sides; one yes, and all of them are
   * looked at: a file that lost its last mention, or a new one without any, is where the fault is. Left out: always.
   */
  readonly concerns?: (view: SourceView, settings: S) => boolean;
  /** Severity of a new site whose opposite stood there on base: taking away weighs more than leaving out. Left out: as the site says. */
  readonly severityOfLoss?: (site: RuleSite, sides: RuleSides, settings: S) => Severity | undefined;
}

/** A rule about what was taken away: it sees both sides of every changed file at once. */
export interface LossRule<S = unknown> extends RuleHead<S> {
  readonly losses: (pairs: readonly FilePair[], settings: S, kind: EvidenceKind, policy: Policy) => readonly RuleLoss[];
}

export type Rule = DebtRule | LossRule;

/**
 * Makes a rule. Rules are delta by construction: none of them can see one side only and complain, so old debt never blocks
 * whoever happens to touch the file.
 */
export function defineRule<S>(rule: DebtRule<S> | LossRule<S>): Rule {
  return rule as unknown as Rule;
}

export function isDebtRule(rule: Rule): rule is DebtRule {
  return 'sites' in rule;
}
