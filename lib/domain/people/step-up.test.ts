import { describe, expect, it } from 'vitest'
import { stepUpMethods } from './step-up'

describe('what somebody proves their presence with', () => {
  it.each([
    ['a local person', { issuer: 'local', hasPasskey: false }, ['password']],
    [
      'a local person with a passkey, whose password is not enough any more',
      { issuer: 'local', hasPasskey: true },
      ['passkey'],
    ],
    ['a person of a provider', { issuer: 'https://id.example', hasPasskey: false }, ['oidc']],
    ['a person of a provider with a passkey', { issuer: 'https://id.example', hasPasskey: true }, ['passkey', 'oidc']],
  ] as const)('%s', (_title, person, methods) => {
    expect(stepUpMethods(person)).toEqual(methods)
  })
})
