/**
 * The nouns. Schemas take longer to build than a plan to make, and a plan reads a policy and a goal: all other schemas are imported from
 * their own files, and only their types from here.
 */
export type * from './agent-output';
export type * from './backtest';
export * from './canonical-json';
export type * from './changed-file';
export type * from './context-packet';
export type * from './edit';
export type * from './evidence';
export type * from './file-explanation';
export type * from './finding';
export * from './goal';
export type * from './goal-clarity';
export type * from './model-order';
export * from './orchestra-error';
export type * from './plan-refinement';
export * from './policy';
export * from './provider-settings';
export * from './ranking-weights';
export type * from './reason';
export type * from './rule-settings';
export type * from './task';
export type * from './wave-plan';
export type * from './wave-report';
export type * from './wave-state';
export type * from './workspace-graph';
