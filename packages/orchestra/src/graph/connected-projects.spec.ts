import { graphOf } from '../testing/graph-of';
import { connectedProjects } from './connected-projects';

const graph = graphOf({ shop: ['ui', 'data'], admin: ['ui'], ui: [], data: [], docs: ['theme'], theme: [] });

it('reaches over edges in either direction and nothing else', () => {
  expect(connectedProjects(graph, ['data'])).toEqual(['admin', 'data', 'shop', 'ui']);
  expect(connectedProjects(graph, ['theme'])).toEqual(['docs', 'theme']);
});

it('ignores names outside the graph', () => {
  expect(connectedProjects(graph, ['nowhere'])).toEqual([]);
});
