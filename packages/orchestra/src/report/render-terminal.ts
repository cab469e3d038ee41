import type { Finding, WaveReport } from '../model';
import { describeSize, groupFindings, headline, nextStep, placeOf, type RuleGroup } from './describe-report';
import { plainLine } from './escape-text';

/** Short: the verdict, what stands against the change with what to do, and one line for each of the rest. No colours. */
export function renderTerminal(report: WaveReport): string {
  const groups = groupFindings(report.findings);
  const loud = groups.filter((group) => group.severity === 'block' || group.severity === 'person');
  const warnings = groups.find((group) => group.severity === 'warn')?.rules ?? [];
  const lines = [
    headline(report),
    ...loud.flatMap((group) => ['', `${group.heading}:`, ...group.rules.flatMap(renderRule)]),
    ...(warnings.length === 0 ? [] : ['', 'Worth reading:', ...warnings.map((rule) => `  ${plainLine(rule.title)} (${rule.findings.length})`)]),
    '',
    `Change: ${describeSize(report)}. Proof: ${report.proof.status}. Targets: ${targets(report)}.`,
    nextStep(report),
  ];
  return `${lines.join('\n')}\n`;
}

function renderRule(rule: RuleGroup): readonly string[] {
  return [
    `  ${plainLine(rule.title)} [${rule.rule}]`,
    ...rule.findings.map(renderFinding),
    ...(rule.whatToDo === undefined ? [] : [`    -> ${plainLine(rule.whatToDo)}`]),
  ];
}

function renderFinding(finding: Finding): string {
  const place = placeOf(finding);
  return `    ${place === '' ? '' : `${place}: `}${plainLine(finding.because)}`;
}

function targets(report: WaveReport): string {
  const passed = report.targets.filter((run) => run.status === 'passed').length;
  return report.targets.length === 0 ? 'none run' : `${passed} of ${report.targets.length} passed`;
}
