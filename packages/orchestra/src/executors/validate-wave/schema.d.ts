/** Options of the target `validate-wave`; `schema.json` beside this file is what Nx checks. */
export interface ValidateWaveSchema {
  readonly scope?: 'gate' | 'project';
  readonly base?: string;
  readonly head?: string;
  readonly type?: 'bugfix' | 'feature' | 'change';
  readonly goal?: string;
  readonly wave?: number;
}
