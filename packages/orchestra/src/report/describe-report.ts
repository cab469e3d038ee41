import type { Finding, Severity, WaveReport } from '../model';
import { plainLine } from './escape-text';

export function headline(report: WaveReport): string {
  const { decision, blocking } = report.verdict;
  const count = `${blocking.length} ${blocking.length === 1 ? 'finding' : 'findings'}`;
  if (decision === 'accepted') return 'ACCEPTED: nothing found that stands against this change.';
  return decision === 'blocked' ? `BLOCKED by ${count}.` : `NOT JUDGED: ${count} a person has to decide.`;
}

export function nextStep(report: WaveReport): string {
  const { decision } = report.verdict;
  if (decision === 'accepted') return 'Read the change, then commit it. Merging stays with a person.';
  return decision === 'blocked'
    ? 'Mend what is listed under "Must be mended", then run the gate again (`validate-wave` of the gate project).'
    : 'Go through "A person decides"; who answers for the code merges it or sends it back. The gate does neither.';
}

export interface FindingGroup {
  readonly severity: Severity;
  readonly heading: string;
  readonly rules: readonly RuleGroup[];
}
export interface RuleGroup {
  readonly rule: string;
  readonly title: string;
  readonly whatToDo?: string;
  readonly docs?: string;
  readonly findings: readonly Finding[];
}

const headings: readonly (readonly [Severity, string])[] = [
  ['block', 'Must be mended'], ['person', 'A person decides'], ['warn', 'Worth reading'], ['info', 'For information'],
];

/** Findings by what to do about them: first by weight, then one entry per rule. Empty groups are left out. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  return headings
    .map(([severity, heading]) => ({ severity, heading, rules: groupRules(findings.filter((finding) => finding.severity === severity)) }))
    .filter((group) => group.rules.length > 0);
}

function groupRules(findings: readonly Finding[]): readonly RuleGroup[] {
  const rules = [...new Set(findings.map((finding) => finding.rule))];
  return rules.map((rule) => {
    const members = findings.filter((finding) => finding.rule === rule);
    const { title = rule, whatToDo, docs } = members[0] ?? {};
    return { rule, title, findings: members, ...(whatToDo === undefined ? {} : { whatToDo }), ...(docs === undefined ? {} : { docs }) };
  });
}

/** `packages/a/src/b.ts:12 in GET /contacts/:id`, or the project, or nothing. */
export function placeOf({ subject }: Finding): string {
  const { path, range, where, project } = subject;
  const file = path === undefined ? (project ?? '') : `${path}${range === undefined ? '' : `:${range[0]}`}`;
  return plainLine(where === undefined ? file : `${file} in ${where}`);
}

export function describeSize(report: WaveReport): string {
  const { files, lines, projects } = report.actual;
  return `${count(files, 'source file')}, ${count(lines, 'line')}, ${count(projects.length, 'project')}`;
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
