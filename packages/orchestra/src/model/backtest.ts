import * as z from './zod';
import { list } from './list';
import type { RankingWeights } from './ranking-weights';
import type { Reason } from './reason';

const commit = z.string().regex(/^[0-9a-f]{7,64}$/, 'must be a commit id (7 to 64 hex digits)');

/** One fix that was really made: what was known before it, and where it went. Other keys of a line are left aside. */
export const backtestCaseSchema = z
  .object({
    id: z.string().min(1, 'must not be empty'),
    sha: commit,
    /** The tree that is searched; nothing later is looked at. */
    parent: commit,
    /** The goal's text. */
    problemStatement: z.string().trim().min(1, 'must not be empty'),
    /** Files that the fix changed and that were there before. Default: read from the commit. */
    sourceFiles: list(z.string().min(1)).optional(),
  })
  .readonly();
export type BacktestCase = z.infer<typeof backtestCaseSchema>;

/** What the goal's text holds that a search can hold on to; the first that applies. */
export const goalKinds = ['stack-trace', 'request-path', 'names-code', 'quotes-text', 'prose'] as const;
export type GoalKind = (typeof goalKinds)[number];

export interface CaseResult {
  readonly id: string;
  readonly kind: GoalKind;
  readonly ranked: readonly { readonly path: string; readonly score: number; readonly because: readonly Reason[] }[];
  readonly packet: {
    /** o200k tokens of repository text. */
    readonly tokens: number;
    readonly budget: number;
    readonly files: readonly { readonly path: string; readonly mode: 'whole' | 'slice' | 'outline'; readonly ranges: readonly (readonly [number, number])[] }[];
  };
  readonly gold: readonly GoldFile[];
  /** For a fix of several files: what is found when the true edit of the best ranked one is given. */
  readonly companions?: {
    readonly given: string;
    /** The first ten. */
    readonly found: readonly { readonly path: string; readonly kinds: readonly string[]; readonly because: readonly Reason[] }[];
    /** The other files of the fix; `rank` among all companions, from 1. */
    readonly others: readonly { readonly path: string; readonly rank: number | null; readonly kinds: readonly string[] }[];
  };
  /** With a ranker: what it was asked and what it named. `promptTokens` are o200k tokens. */
  readonly order?: { readonly promptTokens: number; readonly named: number; readonly dropped: number; readonly unused?: string };
  /** Ranking and packing, once the tree's index is there. */
  readonly ms: number;
  /** Reading the index, or making what of it is not kept yet. */
  readonly indexMs: number;
}

export interface GoldFile {
  readonly path: string;
  /** From 1; `null` when it is not among the ranked files. */
  readonly rank: number | null;
  /** Stretches of base lines that the fix changed, whitespace ignored. */
  readonly hunks: number;
  /** Of them, those that the packet shows whole. */
  readonly shownHunks: number;
  /** Whether the packet shows any line of it as source. */
  readonly shown: boolean;
}

/** Shares are between 0 and 1, rounded to four digits. */
export interface BacktestFigures {
  readonly cases: number;
  readonly goldFiles: number;
  /** Share of all gold files among the first 1, 5, 10 and 20. */
  readonly recall: Readonly<Record<'1' | '5' | '10' | '20', number>>;
  /** Share of cases whose gold files are all among the first 10. */
  readonly allGoldAt10: number;
  readonly packet: {
    readonly files: number;
    /** Mean over the cases of the share of a fix's changed hunks that the packet shows. */
    readonly hunks: number;
    /** The same over all hunks of all cases: a few sweeping fixes weigh most here. */
    readonly hunksPooled: number;
    readonly overBudget: number;
    readonly medianTokens: number;
    readonly mostTokens: number;
  };
  readonly ms: { readonly median: number; readonly p95: number };
}

export interface RankingFigures {
  readonly goldFiles: number;
  /** Share of all gold files among the first 1, 5, 10 and 20. */
  readonly recall: Readonly<Record<'1' | '5' | '10' | '20', number>>;
}

/** Weights that were fitted on a workspace's older fixes, and what they find of its newest ones. */
export interface Calibration {
  /** Fixes the fit has seen, and those it has not. */
  readonly fitted: number;
  readonly heldOut: number;
  readonly current: RankingWeights;
  readonly weights: RankingWeights;
  /** Of the held out fixes, under the current and under the fitted weights. */
  readonly before: RankingFigures;
  readonly after: RankingFigures;
  readonly better: boolean;
}

export interface CompanionFigures {
  /** Fixes of several files. */
  readonly cases: number;
  /** Their other files. */
  readonly files: number;
  /** Share of them among the first ten companions. */
  readonly found: number;
  /** Kind → how many of the first ten carry it, and how many of these are right. A companion counts under each of its kinds. */
  readonly byKind: Readonly<Record<string, { readonly named: number; readonly right: number }>>;
}

export interface BacktestSummary extends BacktestFigures {
  readonly companions: CompanionFigures;
  readonly byKind: Readonly<Partial<Record<GoalKind, BacktestFigures>>>;
  /** With a ranker: replies read, those that could not be used, lines that named nothing shown, and the size of its prompts. */
  readonly order?: { readonly cases: number; readonly unused: number; readonly dropped: number; readonly medianTokens: number; readonly mostTokens: number };
  readonly budget: number;
  readonly history: boolean;
}
