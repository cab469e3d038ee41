import type { Reason } from './reason';

/** Why one file is, or is not, in the packets of a goal. */
export interface FileExplanation {
  readonly goalId: string;
  readonly path: string;
  /** Commit the ranking was made on. */
  readonly base: string;
  readonly ranking: {
    /** From 1; `null` when it is not ranked, and `why` says why not. */
    readonly rank: number | null;
    readonly of: number;
    readonly score?: number;
    readonly because: readonly Reason[];
    readonly why?: string;
  };
  readonly packets: readonly PacketExplanation[];
  /** Parts of the goal that no task could be planned for, with what would settle them. */
  readonly unmapped: readonly string[];
}

export interface PacketExplanation {
  readonly taskId: string;
  readonly round: number;
  /** Read from the records of a wave that was run; otherwise made for the explanation. */
  readonly recorded: boolean;
  /** `null`: nothing of it is shown, and `why` says why. */
  readonly mode: 'whole' | 'slice' | 'outline' | null;
  /** 1-based inclusive; empty for a whole file or an outline. */
  readonly ranges: readonly (readonly [number, number])[];
  /** o200k. */
  readonly tokens: number;
  readonly because: readonly Reason[];
  readonly why?: string;
}
