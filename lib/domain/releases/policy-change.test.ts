import { describe, expect, test } from 'vitest'
import { type ChangeRefusal, readWantedChange, type WantedChange } from './policy-change'

const policyOf = (equals: string, authority = 'https://a.example') =>
  `{"version":"1.0.0","anyOf":[{"authority":"${authority}","allOf":[{"claim":"x","equals":"${equals}"}]}]}`
const held = (equals: string, immutable = false) => ({ text: policyOf(equals), immutable })
const wanted = (more: Partial<WantedChange>): WantedChange => ({
  ...{ vaultUrl: 'https://v.vault.azure.net', keyName: 'payments', before: held('one'), after: held('two') },
  ...{ typedName: '', ...more },
})

describe('which policy may be proposed in place of another', () => {
  test('one that can be read and says something else', () => {
    expect(readWantedChange(wanted({}))).toMatchObject({
      policy: { authorities: [{ authority: 'https://a.example' }] },
    })
  })

  test.each<[string, Partial<WantedChange>, ChangeRefusal['because'], string?]>([
    ['of a key that has none', { before: null }, 'not-exportable'],
    [
      'of an immutable one, even with the same text',
      { before: held('one', true), after: held('one', true) },
      'immutable',
    ],
    ['of an immutable one', { before: held('one', true) }, 'immutable'],
    ['the very same', { after: held('one') }, 'already-so'],
    [
      'the same, written differently',
      { after: { text: policyOf('one').replaceAll(',', ' , '), immutable: false } },
      'already-so',
    ],
    ['no JSON', { after: { text: '{', immutable: false } }, 'field', 'policyText'],
    ['nothing', { after: { text: '', immutable: false } }, 'field', 'policyText'],
    [
      'the tutorial’s dialect',
      { after: { text: '{"attestation":{},"rules":[]}', immutable: false } },
      'field',
      'policyText',
    ],
    [
      'a member that stands twice, of which the vault may take the other one',
      { after: { text: policyOf('two').replace('"equals"', '"equals":"one","equals"'), immutable: false } },
      'field',
      'policyText',
    ],
    [
      'an authority without TLS',
      { after: { text: policyOf('one', 'http://a.example'), immutable: false } },
      'field',
      'policyText',
    ],
    [
      'one that is too long',
      { after: { text: policyOf('x'.repeat(20_000)), immutable: false } },
      'field',
      'policyText',
    ],
    ['an immutable one without the key’s name', { after: held('two', true) }, 'field', 'typedName'],
    [
      'an immutable one with nearly its name',
      { after: held('two', true), typedName: 'Payments' },
      'field',
      'typedName',
    ],
    ['the same made immutable, without the name', { after: held('one', true) }, 'field', 'typedName'],
  ])('not %s', (_what, more, because, field) => {
    expect(readWantedChange(wanted(more))).toMatchObject({ refusal: { because, ...(field ? { field } : {}) } })
  })

  test('an immutable one with the key’s name, also where only that changes', () => {
    for (const after of [held('two', true), held('one', true)])
      expect(readWantedChange(wanted({ after, typedName: 'payments' }))).toHaveProperty('policy')
  })
})
