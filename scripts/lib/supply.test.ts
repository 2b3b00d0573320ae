import { describe, expect, it } from 'vitest'
import { findSupplyProblems, isAtLeast } from './supply.mjs'

const integrity = 'sha512-x'
const good = { packages: { 'node_modules/next': { version: '16.4.6', integrity } } }
const manifest = { dependencies: { next: '16.4.6' } }

describe('where packages come from', () => {
  it('is silent about a package of the registry, pinned and above its floor', () => {
    expect(findSupplyProblems(good, manifest)).toEqual([])
  })

  it.each([
    [
      'a git URL',
      { version: '1.0.0', resolved: 'git+ssh://git@example.org/a.git#0', integrity },
      'not from the registry',
    ],
    ['another host', { version: '1.0.0', resolved: 'https://example.org/a.tgz', integrity }, 'not from the registry'],
    ['no digest', { version: '1.0.0' }, 'no integrity digest'],
    ['a link', { link: true }, 'is a link'],
  ])('names %s', (_what, entry, words) => {
    expect(findSupplyProblems({ packages: { 'node_modules/a': entry } }, manifest).join()).toContain(words)
  })

  it.each(['16.4.2', '15.9.9', '16.4.3-canary.1'])('names a next of %s, wherever it lies', (version) => {
    const lock = { packages: { 'node_modules/a/node_modules/next': { version, integrity } } }
    expect(findSupplyProblems(lock, manifest).join()).toContain('below 16.4.3')
  })

  it('judges each line by its own floor', () => {
    const at = (version: string) =>
      findSupplyProblems({ packages: { 'node_modules/semver': { version, integrity } } }, manifest)
    expect([at('6.3.1'), at('5.7.2'), at('7.5.2'), at('8.0.0')]).toEqual([[], [], [], []])
    expect(at('7.5.1').join()).toContain('below 7.5.2')
    expect(at('6.3.0').join()).toContain('below 6.3.1')
  })

  it.each(['^16.4.6', 'latest', 'git+https://example.org/a.git', 'file:../a', '*'])(
    'wants one version, not %s',
    (range) => {
      expect(findSupplyProblems(good, { devDependencies: { next: range } })).toHaveLength(1)
    },
  )

  it('orders versions by number', () => {
    expect([isAtLeast('10.0.0', '9.9.9'), isAtLeast('1.10.0', '1.9.0'), isAtLeast('1.2.3', '1.2.4')]).toEqual([
      true,
      true,
      false,
    ])
  })
})
