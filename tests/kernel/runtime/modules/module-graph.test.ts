import { describe, expect, test } from 'vitest';
import { ModuleGraph, plainUrl, versionOf } from '../../../../src/kernel/runtime/modules/module-graph.ts';

/** A graph of importers and what they import: `{ cell: ['a'], a: ['b'] }`, all of it evaluated. */
function graphOf(imports: Readonly<Record<string, readonly string[]>>): ModuleGraph {
  const graph = new ModuleGraph();
  for (const [importer, urls] of Object.entries(imports)) {
    for (const url of urls) graph.link(importer, url, url);
    for (const url of urls) graph.settle(importer, url, true);
  }
  return graph;
}

/** Returns the URLs that importing each of `urls` gives. */
function instances(graph: ModuleGraph, ...urls: readonly string[]): string[] {
  return urls.map((url) => graph.link('cell-2', url, url));
}

describe('plainUrl', () => {
  test.each([
    ['file:///a.ts', 'file:///a.ts'],
    ['file:///a.ts?labmill=12', 'file:///a.ts'],
    ['file:///a.ts?x=1&labmill=2#part', 'file:///a.ts?x=1#part'],
    ['file:///labmill=2.ts', 'file:///labmill=2.ts'],
    ['file:///a.ts?labmill=2x', 'file:///a.ts?labmill=2x'],
  ])('of %j is %j', (url, plain) => {
    expect(plainUrl(url)).toBe(plain);
  });

  test('undoes what a version did to the URL', () => {
    const graph = graphOf({ cell: ['file:///a.ts', 'file:///a.ts?x', 'file:///a.ts#y'] });
    graph.outdate(['file:///a.ts', 'file:///a.ts?x', 'file:///a.ts#y']);
    const urls = instances(graph, 'file:///a.ts', 'file:///a.ts?x', 'file:///a.ts#y');
    expect(urls).toEqual(['file:///a.ts?labmill=1', 'file:///a.ts?x&labmill=1', 'file:///a.ts?labmill=1#y']);
    expect(urls.map(plainUrl)).toEqual(['file:///a.ts', 'file:///a.ts?x', 'file:///a.ts#y']);
    expect(urls.map(versionOf)).toEqual([1, 1, 1]);
  });
});

describe('an edited module', () => {
  test('takes its importers along, near and far, and leaves what it imports', () => {
    const graph = graphOf({ cell: ['top'], top: ['middle', 'other'], middle: ['edited'], edited: ['below'] });
    graph.outdate(['edited']);
    expect(instances(graph, 'top', 'middle', 'edited', 'other', 'below')).toEqual([
      'top?labmill=1',
      'middle?labmill=1',
      'edited?labmill=1',
      'other',
      'below',
    ]);
  });

  test('takes a circle along once', () => {
    const graph = graphOf({ cell: ['a'], a: ['b'], b: ['c'], c: ['a'] });
    expect(graph.outdate(['b']).toSorted()).toEqual(['a', 'b', 'c', 'cell']);
  });

  test('has a version above those of earlier edits', () => {
    const graph = graphOf({ cell: ['a', 'b'] });
    graph.outdate(['a']);
    graph.outdate(['b']);
    expect(instances(graph, 'a', 'b')).toEqual(['a?labmill=1', 'b?labmill=2']);
  });

  test('no longer counts as importer of what its new text does not import', () => {
    const graph = graphOf({ cell: ['a'], a: ['b'] });
    graph.outdate(['a']);
    graph.link('cell-2', 'a', 'a');
    expect(graph.outdate(['b'])).toEqual(['b']);
  });
});

describe('a failed import', () => {
  test('is tried again with new instances of what was not evaluated', () => {
    const graph = graphOf({ cell: ['good'] });
    graph.link('cell-2', 'bad', 'bad');
    graph.link('bad', 'good', 'good');
    graph.settle('cell-2', 'bad', false);
    expect(graph.outdate([])).toEqual(['bad']);
    expect(instances(graph, 'bad', 'good')).toEqual(['bad?labmill=1', 'good']);
  });

  test('is one that was interrupted, too', () => {
    const graph = graphOf({ cell: ['good'] });
    graph.link('cell-2', 'half', 'half');
    graph.abandon();
    expect(graph.outdate([])).toEqual(['half']);
  });

  test('is none while it goes on', () => {
    const graph = graphOf({ cell: ['good'] });
    graph.link('cell-2', 'waiting', 'waiting');
    expect(graph.outdate([])).toEqual([]);
  });
});
