import { parseGoal, parseGoalText } from './parse-goal';

const context = { defaultId: 'leak', projects: ['crm', 'crm-backend'] };
const mistakesOf = (text: string): readonly string[] => {
  const parsed = parseGoalText(text, context);
  return parsed.kind === 'mistakes' ? parsed.mistakes : [];
};

describe('a goal file', () => {
  it('is read as JSON or as YAML, with the file name as its id and bugfix as its type', () => {
    const json = parseGoalText('{"title":"Leak","description":"B sees A"}', context);
    const yaml = parseGoalText('title: Leak\ndescription: B sees A\n', context);
    expect(json).toEqual({ kind: 'goal', goal: { id: 'leak', type: 'bugfix', title: 'Leak', description: 'B sees A' } });
    expect(yaml).toEqual(json);
  });

  it('has every mistake told at once: a typo in a key, an unknown project and an empty title', () => {
    const mistakes = mistakesOf('{"title":" ","descripton":"x","description":"y","affectedModules":["crm","crm-bakend"]}');
    expect(mistakes).toHaveLength(3);
    expect(mistakes.join('\n')).toMatch(/title: must not be empty/);
    expect(mistakes.join('\n')).toMatch(/unknown key "descripton", did you mean "description"\?; allowed: .*title/);
    expect(mistakes.join('\n')).toMatch(/no Nx project "crm-bakend"; projects: crm, crm-backend/);
  });

  it('says which keys are required when they are left out', () => {
    expect(mistakesOf('{}')).toEqual(['title: is required (string)', 'description: is required (string)']);
  });

  it('names the allowed types when the type is another', () => {
    expect(mistakesOf('{"title":"a","description":"b","type":"chore"}')).toEqual(['type: must be one of "bugfix", "feature"']);
  });

  it.each(['[1]', '"text"', 'null', '3'])('refuses %s, which is no object', (text) => {
    expect(mistakesOf(text)[0]).toMatch(/must be an object/);
  });

  it('refuses what is neither JSON nor YAML, and repeated keys, with the place', () => {
    expect(mistakesOf('{"title": "a"')[0]).toMatch(/not readable as JSON or YAML/);
    expect(mistakesOf('title: a\ntitle: b\ndescription: c\n')[0]).toMatch(/not readable.*unique/i);
  });

  it('refuses a nest of YAML aliases instead of unfolding it', () => {
    const bomb = 'a: &a [x,x,x]\nb: &b [*a,*a,*a]\ntitle: t\ndescription: d\n';
    expect(() => parseGoalText(bomb, context)).not.toThrow();
    expect(mistakesOf(bomb)[0]).toMatch(/alias/i);
  });

  it('refuses an id that is no slug, because ids name folders', () => {
    const parsed = parseGoal({ id: '../x', title: 'a', description: 'b' }, context);
    expect(parsed).toMatchObject({ kind: 'mistakes', mistakes: [expect.stringMatching(/^id: must be lower-case/)] });
  });
});
