import type { AgentNotes, Evidence, Finding, Forecast, OrchestrationGoal, Verdict, WaveMeasures, WaveReport } from '../model';

export interface ReportParts {
  readonly evidence: Evidence;
  /** From `validator/measure-wave`. */
  readonly measures: WaveMeasures;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  readonly notes: readonly AgentNotes[];
  readonly followUps: WaveReport['followUps'];
  readonly goal?: OrchestrationGoal;
  readonly wave?: number;
  readonly forecast?: Forecast;
  readonly versions: WaveReport['versions'];
}

/** Puts the report together. Decides nothing, measures nothing, reads no clock: equal parts give equal bytes. */
export function buildReport(parts: ReportParts): WaveReport {
  const { evidence, measures, findings, verdict, notes, followUps, versions } = parts;
  const rootCause = rootCauseOf(notes);
  return {
    version: 1,
    kind: evidence.kind,
    verdict,
    ...(parts.goal === undefined ? {} : { goal: parts.goal }),
    ...(parts.wave === undefined ? {} : { wave: parts.wave }),
    base: evidence.base,
    head: evidence.head,
    ...(rootCause === undefined ? {} : { rootCause }),
    notes: [...notes],
    risks: unique(notes.flatMap((note) => note.risks)),
    followUps: [...followUps],
    files: sortBy(measures.files, (file) => file.path),
    testsAdded: [...measures.testsAdded].sort(),
    testsUpdated: [...measures.testsUpdated].sort(),
    ...(parts.forecast === undefined ? {} : { forecast: parts.forecast }),
    actual: measures.actual,
    affected: sortBy(evidence.affected ?? [], (project) => project.name),
    ...(evidence.routes === undefined ? {} : { routes: sortBy(evidence.routes, (change) => `${change.route}\n${change.method}\n${change.path}`) }),
    exports: sortBy(evidence.exports ?? [], (change) => `${change.path}\n${change.name}`),
    targets: sortBy(evidence.targets ?? [], (run) => `${run.project}\n${run.target}`),
    proof: measures.proof,
    containment: [...(evidence.containment ?? [])],
    findings: [...findings],
    canonicalDocs: [...measures.canonicalDocs],
    versions,
  };
}

function rootCauseOf(notes: readonly AgentNotes[]): string | undefined {
  const causes = unique(notes.map((note) => note.rootCause?.trim() ?? '').filter((cause) => cause !== ''));
  return causes.length === 0 ? undefined : causes.join('\n\n');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function sortBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}
