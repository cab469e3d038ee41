import type { WaveState, WaveStateName } from '../model';
import { type LifecycleFacts, refuseCommand, type WaveCommand } from './wave-lifecycle';

const state = (name: WaveStateName, more: Partial<WaveState> = {}): WaveState =>
  ({ version: 1, goalId: 'leak', wave: 1, state: name, base: 'b', provider: 'replay', rounds: {}, sent: {}, findings: [], applied: ['applied', 'accepted', 'blocked', 'unjudged'].includes(name) ? { 'a.ts': 'blob' } : {}, ...more });
const refusal = (command: WaveCommand, name: WaveStateName, more: Partial<LifecycleFacts> = {}, stateMore: Partial<WaveState> = {}): string | undefined =>
  refuseCommand({ command, state: state(name, stateMore), committed: false, acceptsRisk: false, answers: false, started: [], ...more });

describe('a command on a wave', () => {
  it.each<[WaveCommand, WaveStateName]>([
    ['start', 'planned'], ['start', 'asked'], ['start', 'undone'], ['continue', 'asked'], ['continue', 'planned'], ['continue', 'answered'],
    ['retry', 'blocked'], ['retry', 'unjudged'], ['retry', 'accepted'], ['undo', 'applied'], ['undo', 'accepted'], ['undo', 'asked'],
  ])('%s is legal when the wave is %s', (command, name) => {
    expect(refusal(command, name)).toBeUndefined();
  });

  it.each<[WaveCommand, WaveStateName, RegExp]>([
    ['start', 'applied', /--continue=leak.*--undo=leak/], ['start', 'accepted', /not committed/], ['continue', 'accepted', /Commit it first/],
    ['continue', 'blocked', /--retry=leak.*--undo=leak.*--acceptRisk/], ['continue', 'undone', /Start again/], ['retry', 'asked', /nothing applied/],
  ])('%s is refused when the wave is %s, with the way on', (command, name, way) => {
    expect(refusal(command, name)).toMatch(way);
  });

  it('continues past an accepted wave once it is committed', () => {
    expect(refusal('continue', 'accepted', { committed: true })).toBeUndefined();
  });

  it('continues past a block only with a risk accepted, and only when committed', () => {
    expect(refusal('continue', 'blocked', { committed: true })).toMatch(/acceptRisk/);
    expect(refusal('continue', 'blocked', { acceptsRisk: true })).toMatch(/Commit it first/);
    expect(refusal('continue', 'blocked', { acceptsRisk: true, committed: true })).toBeUndefined();
  });

  it.each<[WaveStateName, RegExp, Partial<WaveState>]>([
    ['planned', /is planned: follow-ups are planned once it is accepted and committed.*--continue=leak/, {}], ['asked', /is asked/, {}], ['answered', /is answered/, {}], ['applied', /is applied/, {}],
    ['accepted', /Commit it first/, {}], ['blocked', /is blocked\. Ask again/, {}], ['unjudged', /is unjudged\. Ask again/, {}], ['undone', /Start again with its goal file/, {}],
    ['blocked', /never reached the tree/, { applied: {} }], ['unjudged', /waits for an answer/, { question: { taskId: 'w1-backend', text: 'Which?' } }],
  ])('has no follow-ups planned on a wave that is %s', (name, way, more) => {
    expect(refusal('followUps', name, {}, more)).toMatch(way);
  });

  it('has follow-ups planned on a committed wave: an accepted one, or one whose risk a person took', () => {
    expect(refusal('followUps', 'accepted', { committed: true })).toBeUndefined();
    expect(refusal('followUps', 'committed')).toBeUndefined();
    expect(refusal('followUps', 'blocked', { committed: true })).toMatch(/acceptRisk/);
    expect(refusal('followUps', 'blocked', { committed: true }, { acceptedRisk: 'why' })).toBeUndefined();
    expect(refusal('followUps', 'undone', {}, { wave: 2 })).toBeUndefined();
  });

  it('waits for the answer when a specialist has asked', () => {
    const asked = { question: { taskId: 'w1-backend', text: 'Which code?' } };
    expect(refusal('continue', 'unjudged', {}, asked)).toMatch(/Which code\?.*\n.*--answer/);
    expect(refusal('continue', 'unjudged', { answers: true }, asked)).toBeUndefined();
  });

  it('refuses to undo or retry what is committed, because git does that', () => {
    expect(refusal('undo', 'accepted', { committed: true })).toMatch(/git revert/);
    expect(refusal('retry', 'accepted', { committed: true })).toMatch(/git revert/);
  });

  it('refuses everything but a start for a goal that was never started', () => {
    for (const command of ['continue', 'followUps', 'retry', 'undo'] as const) {
      expect(refuseCommand({ command, state: undefined, committed: false, acceptsRisk: false, answers: false, started: ['slow-list', 'leak'] })).toMatch(/No wave of this goal was ever started.*leak, slow-list/);
    }
  });
});
