/**
 * The nouns. A schema takes time to build, and a plan needs few of them: those that only the gate, the backtest and reports read
 * are imported from their own files, and only their types from here.
 */
export * from './agent-output';
export type * from './backtest';
export * from './canonical-json';
export type * from './changed-file';
export * from './context-packet';
export * from './edit';
export type * from './evidence';
export type * from './file-explanation';
export type * from './finding';
export * from './goal';
export * from './model-order';
export * from './orchestra-error';
export * from './plan-refinement';
export * from './policy';
export * from './provider-settings';
export * from './ranking-weights';
export * from './reason';
export type * from './rule-settings';
export * from './task';
export * from './wave-plan';
export type * from './wave-report';
export * from './wave-state';
export type * from './workspace-graph';
