import type { DraftPurpose } from '@aisha/crm-contracts';

/** Form letters. Came from the old system with its line endings, and keeps them: every line of it is somebody's wording. */
export const draftTemplates: Readonly<Record<DraftPurpose, { readonly subject: string; readonly body: string }>> = {
  introduction: {
    subject: 'A word from {sender}',
    body: 'Dear {firstName},\n\nI look after {company} at our end from now on. When would a short call suit you?\n\n{sender}',
  },
  follow_up: {
    subject: 'Our last conversation',
    body: 'Dear {firstName},\n\nthank you for your time. Is there anything {company} still needs from us?\n\n{sender}',
  },
};
