import type { Mode } from './define-specialist';

/** What holds for every specialist in a mode, whatever its own instructions say. The judge checks all of it. */
export const lawOfMode: Readonly<Record<Mode, string>> = {
  bugfix: `This is a **bugfix**. The law is:

- The smallest change that removes the cause. No refactoring on the way, no renames or moves, no reformatting, no clean-up nearby.
- A regression test proves it: it fails on the code as it is now, by an assertion, and passes with the fix. The Test specialist writes it,
  another one writes the fix, and the tool runs both.
- No new files but tests. No new dependency. No test, check or limit is weakened to get there.
- Only security, stability, performance or a race can justify more than that; say so under \`justification\`, and a person will decide.
- Something else that is wrong is not edited: file it under \`followUps\`.`,
  feature: `This is a **feature**. The law is:

- Build what the goal asks for, and nothing that it does not ask for.
- Existing behaviour stays. Existing tests stay as they are; if one must change, say why under \`summary\`.
- A refactoring is allowed where the feature needs it, explained under \`justification\`; a new dependency only when explained under \`dependencies\`.
- Tenant isolation, authentication, limits, audit records, ports and environment names are not loosened.
- What belongs to another domain or a later step goes under \`followUps\`.`,
};
