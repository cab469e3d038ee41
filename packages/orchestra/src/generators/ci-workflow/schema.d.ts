/** Options of `nx g @aisha/orchestra:ci-workflow`; `schema.json` beside this file is what Nx checks. */
export interface CiWorkflowGeneratorSchema {
  readonly remoteCache?: boolean;
  readonly force?: boolean;
}
