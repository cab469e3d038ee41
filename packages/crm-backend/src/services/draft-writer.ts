import type { DraftPurpose } from '@aisha/crm-contracts';
import { draftTemplates } from './draft-templates';

export interface DraftRequest {
  readonly purpose: DraftPurpose;
  readonly firstName: string;
  readonly company: string | null;
  readonly sender: string;
}

/** Writes messages for people to look over. A language model stands behind this interface in the real system. */
export interface DraftWriter {
  readonly name: string;
  write(request: DraftRequest): Promise<{ readonly subject: string; readonly body: string }>;
}

/** Fills in a form letter: the same words every time, with no key and no network. */
export const templateWriter: DraftWriter = {
  name: 'template',
  write: async ({ purpose, firstName, company, sender }) => {
    const { subject, body } = draftTemplates[purpose];
    const values: Readonly<Record<string, string>> = { firstName, company: company ?? 'your company', sender };
    const fill = (text: string) => text.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
    return { subject: fill(subject), body: fill(body) };
  },
};
