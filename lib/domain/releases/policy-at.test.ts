import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PolicySighting, policyAt } from './policy-at'

const policyOf = (value: string) =>
  `{"version":"1.0.0","anyOf":[{"authority":"https://a.example","allOf":[{"claim":"x","equals":"${value}"}]}]}`
const at = (minute: number) => new Date(minute * 60_000)
const seen = (policy: string | null, first: number, last: number): PolicySighting => ({
  policy,
  immutable: false,
  firstSeenAt: at(first),
  lastSeenAt: at(last),
})

const [ONE, OTHER] = [policyOf('one'), policyOf('other')]

describe('which policy a version had', () => {
  const changed = [seen(ONE, 10, 20), seen(OTHER, 30, 40)]

  test.each<[string, PolicySighting[], number, object]>([
    ['within a run', changed, 15, { known: 'policy', sighting: changed[0] }],
    ['at the last sighting of the first', changed, 20, { known: 'policy', sighting: changed[0] }],
    ['at the first sighting of the second', changed, 30, { known: 'policy', sighting: changed[1] }],
    ['a moment after the first', changed, 20.001, { known: 'changed-between', from: at(20), to: at(30) }],
    ['a moment before the second', changed, 29.999, { known: 'changed-between', from: at(20), to: at(30) }],
    ['before anything was seen', changed, 9, { known: 'nothing' }],
    ['after everything was seen', changed, 41, { known: 'nothing' }],
    ['where nothing was ever seen', [], 1, { known: 'nothing' }],
    [
      'between two runs that agree',
      [seen(ONE, 1, 2), seen(ONE, 8, 9)],
      5,
      { known: 'policy', sighting: seen(ONE, 1, 2) },
    ],
    [
      'between two that are written differently',
      [seen(ONE, 1, 2), seen(ONE.replaceAll(':', ': ').replace('https: ', 'https:'), 8, 9)],
      5,
      { known: 'policy', sighting: seen(ONE, 1, 2) },
    ],
    [
      'between a policy and none',
      [seen(ONE, 1, 2), seen(null, 8, 9)],
      5,
      { known: 'changed-between', from: at(2), to: at(8) },
    ],
    ['within none', [seen(null, 1, 2)], 1.5, { known: 'policy', sighting: seen(null, 1, 2) }],
    [
      'where another console saw another one within the run',
      [seen(ONE, 1, 10), seen(OTHER, 5, 5)],
      7,
      { known: 'changed-between', from: at(5), to: at(10) },
    ],
    [
      'where both were seen at the very same instant',
      [seen(ONE, 1, 5), seen(OTHER, 5, 9)],
      5,
      { known: 'changed-between', from: at(5), to: at(5) },
    ],
  ])('%s', (_name, sightings, minute, answer) => {
    expect(policyAt(sightings, at(minute))).toEqual(answer)
  })

  test('what it answers was seen before and after, and nothing else in between; the order of sightings changes nothing', () => {
    const run = fc.tuple(fc.constantFrom(ONE, OTHER, null), fc.nat(30), fc.nat(10))
    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), fc.nat(45), (runs, minute) => {
        const sightings = runs.map(([policy, first, length]) => seen(policy, first, first + length))
        const then = policyAt(sightings, at(minute))
        const turned = policyAt(sightings.toReversed(), at(minute))
        expect(turned.known).toBe(then.known)
        if (then.known !== 'policy') return
        expect(turned.known === 'policy' && turned.sighting.policy).toBe(then.sighting.policy)
        expect(
          sightings.some(({ policy, firstSeenAt }) => policy === then.sighting.policy && firstSeenAt <= at(minute)),
        ).toBe(true)
        expect(
          sightings.some(({ policy, lastSeenAt }) => policy === then.sighting.policy && lastSeenAt >= at(minute)),
        ).toBe(true)
        const around = sightings.filter(
          ({ firstSeenAt, lastSeenAt }) => firstSeenAt <= at(minute) && lastSeenAt >= at(minute),
        )
        expect(around.every(({ policy }) => policy === then.sighting.policy)).toBe(true)
      }),
    )
  })
})
