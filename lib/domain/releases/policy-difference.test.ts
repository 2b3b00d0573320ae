import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluatePolicy } from './evaluate-policy'
import { parseReleasePolicy } from './parse-policy'
import type { Authority, Condition, ReleasePolicy } from './policy'
import { policyChanges } from './policy-changes'
import { policyDifference } from './policy-difference'
import { runPolicyTests } from './policy-tests'

const issuer = 'https://a.example'
const claim = (name: string, equals: string | number | boolean): Condition => ({ kind: 'claim', claim: name, equals })
const all = (...conditions: Condition[]): Condition => ({ kind: 'allOf', conditions })
const any = (...conditions: Condition[]): Condition => ({ kind: 'anyOf', conditions })
const policy = (...authorities: [string, Condition][]): ReleasePolicy => ({
  authorities: authorities.map(([authority, condition]) => ({ authority, condition })),
})

const leaf = fc.record({
  kind: fc.constant('claim' as const),
  claim: fc.constantFrom('a', 'b', 'c'),
  equals: fc.constantFrom<(string | number | boolean)[]>('x', 1, true),
})
const { condition: someCondition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({
      kind: fc.constantFrom('allOf' as const, 'anyOf' as const),
      conditions: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }),
  ),
}))
const somePolicy = fc
  .array(fc.tuple(fc.constantFrom(issuer, `${issuer}/`, 'https://b.example'), someCondition), {
    minLength: 1,
    maxLength: 3,
  })
  .map((each) => policy(...each.map(([name, one]): [string, Condition] => [name, all(one)])))
const someToken = fc.record({
  issuer: fc.constantFrom(issuer, 'https://b.example'),
  claims: fc.record(
    { a: fc.constantFrom('x', 1, true), b: fc.constantFrom('x', 1, true), c: fc.constantFrom('x', 1, true) },
    { requiredKeys: [] },
  ),
})

describe('a policy and its successor', () => {
  it('a condition added to an all-of never turns deny into allow', () => {
    fc.assert(
      fc.property(somePolicy, someCondition, someToken, (before, more, token) => {
        const after = {
          authorities: before.authorities.map(({ authority, condition }) => ({
            authority,
            condition: all(...(condition.kind === 'allOf' ? condition.conditions : [condition]), more),
          })),
        }
        const [difference] = policyDifference(before, after, [token]).tokens
        return difference?.change !== 'gains'
      }),
    )
  })

  it('a policy against itself is no difference, in whatever order it is written', () => {
    const shuffled = (condition: Condition): Condition =>
      condition.kind === 'allOf' || condition.kind === 'anyOf'
        ? { ...condition, conditions: [...condition.conditions, ...condition.conditions].map(shuffled).reverse() }
        : condition
    fc.assert(
      fc.property(somePolicy, (one) => {
        const other = {
          authorities: one.authorities
            .map(
              ({ authority, condition }): Authority => ({
                authority: `${authority.replace(/\/$/, '')}/`,
                condition: shuffled(condition),
              }),
            )
            .reverse(),
        }
        expect(policyChanges(one, one)).toEqual([])
        expect(policyChanges(one, other)).toEqual([])
      }),
    )
  })

  it('that has no difference decides about every token alike', () => {
    fc.assert(
      fc.property(somePolicy, somePolicy, someToken, (one, other, token) => {
        const isAlike = evaluatePolicy(one, token).decision === evaluatePolicy(other, token).decision
        return isAlike || policyChanges(one, other).length > 0
      }),
    )
  })

  it('names what was added, removed and altered', () => {
    const before = policy([issuer, all(claim('a', 'x'), claim('b', 1))], ['https://gone.example', all(claim('a', 'x'))])
    const after = policy(
      [`${issuer}/`, any(claim('b', 2), claim('c', true), claim('a', 'x'))],
      ['https://new.example', all(claim('c', 1))],
    )
    expect(policyChanges(before, after)).toEqual([
      { kind: 'group-altered', authority: `${issuer}/`, before: 'allOf', after: 'anyOf' },
      { kind: 'condition-altered', authority: `${issuer}/`, claim: 'b', before: 1, after: 2 },
      { kind: 'condition-added', authority: `${issuer}/`, condition: claim('c', true) },
      { kind: 'authority-removed', authority: 'https://gone.example', condition: all(claim('a', 'x')) },
      { kind: 'authority-added', authority: 'https://new.example', condition: all(claim('c', 1)) },
    ])
  })

  it('an alternative beside the only condition is seen as one', () => {
    expect(
      policyChanges(policy([issuer, all(claim('a', 1))]), policy([issuer, any(claim('a', 1), claim('b', 1))])),
    ).toEqual([
      { kind: 'group-altered', authority: issuer, before: 'allOf', after: 'anyOf' },
      { kind: 'condition-added', authority: issuer, condition: claim('b', 1) },
    ])
  })

  it('tells of each token what it gains or loses, and what decides it', () => {
    const before = policy([issuer, all(claim('a', 'x'), claim('b', 1))])
    const after = policy([issuer, all(claim('a', 'x'), any(claim('c', true), claim('c', 'yes')))])
    const token = (name: string, claims: Record<string, unknown>, from = issuer) => ({ name, issuer: from, claims })
    const { tokens } = policyDifference(before, after, [
      token('loser', { a: 'x', b: 1 }),
      token('gainer', { a: 'x', b: 2, c: true }),
      token('both', { a: 'x', b: 1, c: true }),
      token('stranger', { a: 'x', b: 1 }, 'https://b.example'),
    ])
    expect(tokens.map(({ token: { name }, change, because }) => [name, change, because])).toMatchObject([
      ['loser', 'loses', [{ claim: 'c', at: 'anyOf[0].allOf[1].anyOf[0]', outcome: 'missing' }, { wanted: 'yes' }]],
      ['gainer', 'gains', [{ claim: 'b', wanted: 1, at: 'anyOf[0].allOf[1]', outcome: 'different' }]],
      ['both', 'stays-allowed', []],
      ['stranger', 'stays-denied', [{ kind: 'no-authority' }]],
    ])
  })
})

describe('the tests of a policy', () => {
  it('pass where the decision is the expected one, each with its trace', () => {
    const read = parseReleasePolicy(
      `{"version":"1.0.0","anyOf":[{"authority":"${issuer}","allOf":[{"claim":"a","equals":1}]}]}`,
    )
    if (!read.ok) throw new Error(read.error.code)
    const results = runPolicyTests(read.value, [
      { name: 'mine', issuer, claims: { a: 1 }, expected: 'allow' },
      { name: 'debuggable', issuer, claims: { a: 2 }, expected: 'deny' },
      { name: 'wrongly let in', issuer, claims: { a: 1 }, expected: 'deny' },
    ])
    expect(results.map(({ test, decision, passed }) => [test.name, decision, passed])).toEqual([
      ['mine', 'allow', true],
      ['debuggable', 'deny', true],
      ['wrongly let in', 'allow', false],
    ])
    expect(results[1]?.trace[0]?.condition).toMatchObject({ conditions: [{ claim: 'a', outcome: 'different' }] })
  })
})
