import { paths } from '../good-work.mjs';

/**
 * An existing assertion said what the code did, not what was wanted. The goal says so, and the corrected one is as strict as the old
 * (stricter: it also names the code of the error).
 */
export default {
  kind: 'sound',
  title: 'Completing a finished activity is a conflict, and the assertion that said 404 is corrected with its reason.',
  goal: {
    id: 'activities-completed-twice',
    type: 'bugfix',
    title: 'Completing a finished activity says that it does not exist',
    description:
      'POST /api/activities/<id>/complete on an activity that is already done answers 404 "No such planned activity.", although the activity is there and GET shows it. Two people who tick off the same call at the same time are told that it was deleted. Expected: 409 with the code "conflict" for an activity of the caller’s tenant that is not planned; still 404 for one that does not exist or belongs to another tenant. The present test in packages/crm-backend/src/routes/activities.spec.ts asserts the 404 and is wrong.',
    logs: 'crm-backend-1  | 2026-02-28T09:12:11.218Z info  [RequestLog] POST /api/activities/b1bc4000-0000-4000-8000-000000000301/complete 404 {"tenant":"b1bc4000-0000-4000-8000-000000000000","user":"b1bc4000-0000-4000-8000-000000000002"}',
  },
  files: {
    [paths.activities]: {
      replace: [
        ["    if (data === null) throw notFound('planned activity');\n", `    if (data === null) {
      const { data: present, error: failure } = await database.from('activities').select('id').eq('tenant_id', tenant.id).eq('id', id).maybeSingle();
      if (failure) throw databaseFailure(failure);
      throw present === null ? notFound('activity') : new HttpError('conflict', 'Only a planned activity can be completed.');
    }
`],
        ["import { notFound } from '../http/http-error';", "import { HttpError, notFound } from '../http/http-error';"],
      ],
    },
    [paths.activitiesSpec]: {
      replace: [["    expect((await app.as(app.birchwood.member).post(`${path}/complete`)).status).toBe(404);\n", `    // It said 404 here, and told people that their call had been deleted: the activity is there, only not planned any more.
    const again = await app.as(app.birchwood.member).post(\`\${path}/complete\`);
    expect([again.status, again.body]).toMatchObject([409, { error: { code: 'conflict' } }]);
`]],
    },
  },
};
