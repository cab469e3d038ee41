import { isTreeAsRead } from './is-tree-as-read';

describe('the graph that Nx made for the command', () => {
  it('is one of this tree unless files were put back since', () => {
    expect([isTreeAsRead({}, 0), isTreeAsRead({}, 1), isTreeAsRead({ retry: 'fee' }, 0)]).toEqual([true, false, false]);
  });
});
