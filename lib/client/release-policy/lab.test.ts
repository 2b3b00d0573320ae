import { describe, expect, it } from 'vitest'
import { layouts } from '@/lib/local-vault/attestation/layouts'
import { askedClaims } from './asked-claims'
import { claimRows } from './claim-rows'
import { withConditionFromClaim } from './condition-from-claim'
import { EMPTY_LAB, labReducer, MOST_TOKENS } from './lab-state'
import { readLabToken, splitPasted } from './lab-token'
import { readWholePolicy } from './read-whole-policy'

const issuer = 'https://a.example'
const policy = (conditions: unknown[], kind = 'allOf') =>
  JSON.stringify({ version: '1.0.0', anyOf: [{ authority: `${issuer}/`, [kind]: conditions }] })

describe('a policy in the lab', () => {
  it('says nothing while a member stands twice, which another reader might take otherwise', () => {
    const twice = `{"version":"1.0.0","anyOf":[{"authority":"${issuer}","allOf":[{"claim":"a","equals":1,"equals":2}]}]}`
    expect(readWholePolicy(twice)).toMatchObject({ ok: false, error: expect.stringMatching(/stands twice/) })
    expect(askedClaims(twice, { issuer, claims: { a: 2 } }).size).toBe(0)
    expect(readWholePolicy('{"rules":[]}')).toMatchObject({ ok: false, error: expect.stringMatching(/version/) })
    expect(readWholePolicy(policy([{ claim: 'a', equals: 1 }])).ok).toBe(true)
  })
})

describe('what is pasted', () => {
  it('is one token a line, one that was wrapped, or claims', () => {
    expect(splitPasted(' a.b.c\n\nd.e.f ')).toEqual(['a.b.c', 'd.e.f'])
    expect(splitPasted('aa\naa.bb\nbb.cc')).toEqual(['aaaa.bbbb.cc'])
    expect(splitPasted('{ "iss": "a b" }')).toEqual(['{ "iss": "a b" }'])
    expect(splitPasted(' \n')).toEqual([])
  })

  it('as claims is read as strictly as a token', () => {
    expect(readLabToken(' {"iss":"a","x":1}')).toEqual({
      ok: true,
      value: { issuer: 'a', claims: { iss: 'a', x: 1 }, signed: null },
    })
    const problems = ['{"iss":', '{"iss":"a","iss":"b"}', '{"x":1}', `{"a":"${'x'.repeat(200_000)}"}`]
    expect(problems.map((text) => readLabToken(text))).toMatchObject(
      ['claims-not-json', 'duplicate-member', 'no-issuer', 'too-large'].map((error) => ({ error })),
    )
  })
})

describe('a token’s claims', () => {
  it('are listed by the path that a policy would name, lists and the token’s own among them', () => {
    const { rows, more } = claimRows({
      iss: issuer,
      exp: 1,
      ...layouts['sevsnp-cvm'].claims(),
      'a.b': { c: 1 },
      none: {},
    })
    const row = (path: string) => rows.find((each) => each.path === path)
    expect(row('x-ms-isolation-tee.x-ms-sevsnpvm-is-debuggable')).toMatchObject({ value: false, askable: true })
    expect(row('x-ms-azurevm-attested-pcrs')).toMatchObject({ value: null, other: 'a list of 8', askable: false })
    expect([row('iss'), row('exp'), row('a.b.c'), row('none')].map((each) => each?.askable)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(more).toBe(0)
    expect(claimRows(Object.fromEntries(Array.from({ length: 600 }, (_none, at) => [`c${at}`, at])))).toMatchObject({
      more: 100,
    })
  })

  it('are what its own authorities ask of it', () => {
    const asked = askedClaims(
      policy([
        { claim: 'a', equals: 1 },
        {
          anyOf: [
            { claim: 'a', equals: 2 },
            { claim: 'gone', equals: 'x' },
          ],
        },
      ]),
      {
        issuer,
        claims: { a: 1 },
      },
    )
    expect(asked.get('a')).toMatchObject([
      { wanted: 1, met: true },
      { wanted: 2, outcome: 'different' },
    ])
    expect(asked.get('gone')).toMatchObject([{ outcome: 'missing' }])
    expect(askedClaims('{', { issuer, claims: {} }).size).toBe(0)
    expect(askedClaims(policy([{ claim: 'a', equals: 1 }]), { issuer: 'https://b.example', claims: {} }).size).toBe(0)
  })

  it('become conditions of the authority that issued it', () => {
    const from = { issuer, claim: 'a', equals: true }
    const first = withConditionFromClaim('', from)
    expect(JSON.parse(first?.policy ?? '').anyOf).toEqual([
      { authority: issuer, allOf: [{ claim: 'a', equals: true }] },
    ])
    const second = withConditionFromClaim(policy([{ claim: 'b', equals: 1 }]), from)
    expect(second).toMatchObject({ made: 'added' })
    expect(JSON.parse(second?.policy ?? '').anyOf).toHaveLength(1)
    expect(withConditionFromClaim(policy([{ claim: 'b', equals: 1 }], 'anyOf'), from)).toMatchObject({
      made: 'alternative',
    })
    const other = withConditionFromClaim(policy([{ claim: 'a', equals: 'x' }]), from)
    expect(other).toEqual({
      policy: JSON.stringify(JSON.parse(policy([{ claim: 'a', equals: true }])), null, 2),
      made: 'replaced',
    })
    expect(withConditionFromClaim('{', from)).toBeNull()
  })
})

describe('the lab', () => {
  const claimsOf = (more: object = {}) => JSON.stringify({ iss: issuer, ...more }).replaceAll(' ', '')
  const file = (text: string, name = 'node') => ({ type: 'file-given', name, text }) as const
  const many = Array.from({ length: MOST_TOKENS + 3 }, () => file(claimsOf()))

  it('takes in what can be read, and leaves the rest where it was pasted with its reason', () => {
    const intake = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(claimsOf()).toString('base64url')}.AAAA\nbad worse`
    const state = labReducer({ ...EMPTY_LAB, intake }, { type: 'pasted' })
    expect(state).toMatchObject({
      intake: 'bad\nworse',
      shown: 1,
      tokens: [{ id: 1, name: 'Token 1', expected: 'allow' }],
    })
    expect(state.refusals).toEqual([expect.stringMatching(/no token/)])
    expect(labReducer(EMPTY_LAB, { type: 'pasted' }).refusals).toEqual([expect.stringMatching(/There is no token/)])
  })

  it('expects of a token that can be debugged, however deep it says so, that it is kept out', () => {
    const deep = { 'x-ms-isolation-tee': { 'x-ms-sevsnpvm-is-debuggable': true } }
    expect(labReducer(EMPTY_LAB, file(claimsOf(deep))).tokens).toMatchObject([{ name: 'node', expected: 'deny' }])
  })

  it('takes files one after another, keeps every reason, and never more tokens than it can try', () => {
    const state = [file('bad', 'first'), ...many].reduce(labReducer, EMPTY_LAB)
    expect(state.tokens).toHaveLength(MOST_TOKENS)
    expect(new Set(state.tokens.map(({ id }) => id)).size).toBe(MOST_TOKENS)
    expect(new Set(state.tokens.map(({ name }) => name)).size).toBe(MOST_TOKENS)
    expect(state.refusals).toHaveLength(4)
    expect(state.refusals[0]).toMatch(/^first: /)
    expect(state.refusals[3]).toMatch(/room/)
  })

  it('makes a variant of a token, and shows another when the one in view is taken away', () => {
    const one = labReducer(EMPTY_LAB, file(claimsOf({ a: 1 })))
    const two = labReducer(one, { type: 'variant-made', id: 1 })
    expect(two).toMatchObject({ shown: 2, tokens: [{}, { name: 'node, changed', expected: 'deny' }] })
    expect(JSON.parse(two.tokens[1]?.text ?? '')).toEqual({ iss: issuer, a: 1 })
    const left = labReducer(two, { type: 'token-removed', id: 2 })
    expect(left).toMatchObject({ shown: 1 })
    expect(labReducer(left, { type: 'token-removed', id: 1 })).toMatchObject({ shown: null, tokens: [] })
  })
})
