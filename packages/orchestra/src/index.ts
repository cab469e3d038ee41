/** What a workspace builds on: rules of its own, and the judge as a function. */
export { defineCheck, type Check, type CheckDefinition } from './validator/define-check';
export { defineRule, type DebtRule, type FilePair, type LossRule, type Rule, type RuleLoss, type RuleSides, type RuleSite } from './validator/define-rule';
export { rulesCheck } from './validator/rules-check';
export { decide } from './validator/decide';
export { allChecks, judge, staticChecks } from './validator/judge';
export { judgeDiff, type DiffJudgement, type DiffToJudge } from './validator/judge-diff';
export { applyPreset } from './validator/apply-preset';
export type { SourceView } from './syntax/source-view';
export type { ChangedFile, Evidence, Finding, Policy, Severity, Verdict, WaveReport } from './model';
