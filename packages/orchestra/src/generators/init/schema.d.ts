/** Options of `nx g @aisha/orchestra:init`; `schema.json` beside this file is what Nx checks. */
export interface InitGeneratorSchema {
  readonly gate?: string;
  readonly preset?: 'none' | 'aisha-crm';
  readonly skipFormat?: boolean;
  readonly keepExistingVersions?: boolean;
}
