/** Options of `nx g @aisha/orchestra:wave`; `schema.json` beside this file is what Nx checks. */
export interface WaveGeneratorSchema {
  readonly goal?: string;
  readonly plan?: boolean;
  readonly provider?: 'handoff' | 'openai' | 'command' | 'replay';
  readonly strict?: boolean;
  readonly record?: boolean;
  readonly goalTokens?: number;
  readonly ranker?: 'hub' | 'model';
  readonly planner?: 'hub' | 'model';
  readonly continue?: string;
  readonly followUps?: string;
  readonly only?: readonly string[];
  readonly answer?: string;
  readonly acceptRisk?: string;
  readonly retry?: string;
  readonly undo?: string;
  readonly type?: 'bugfix' | 'feature';
  readonly title?: string;
  readonly description?: string;
  readonly stackTrace?: string;
  readonly logs?: string;
  readonly modules?: readonly string[];
  readonly targetFiles?: readonly string[];
  readonly bugId?: string;
}
