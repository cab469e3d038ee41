import type { Severity } from '../../../model';

/** One small file as it stood, and what three diffs make of it. */
export interface RuleFixture {
  readonly rule: string;
  readonly path: string;
  /** Holds old debt of the rule where the rule can have any. */
  readonly base: string;
  /** Touches the file, debt included, and adds none. */
  readonly debt: string;
  readonly bad: string;
  readonly good: string;
  /** Where the bad diff must be found. */
  readonly where: string;
  /** How bad the bad diff is at worst; it blocks when left out. */
  readonly severity?: Severity;
  /** Settings of the rule, when the defaults are not enough. */
  readonly settings?: Readonly<Record<string, unknown>>;
}
