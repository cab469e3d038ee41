/** Options of `nx g @aisha/orchestra:specialist`; `schema.json` beside this file is what Nx checks. */
export interface SpecialistGeneratorSchema {
  readonly name: string;
  readonly domain: readonly string[];
  readonly title?: string;
  readonly model?: string;
}
