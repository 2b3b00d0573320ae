import { describe, expect, it } from 'vitest'
import { type PasswordProblem, passwordProblem } from './password-rules'

const owner = { name: 'Noor van Dijk', email: 'noor.dijkstra@example.test' }

describe('a password', () => {
  it.each([
    ['elevenchars', 'too-short'],
    ['x'.repeat(257), 'too-long'],
    ['aaaaaaaaaaaaaaaa', 'too-uniform'],
    ['abababababababab', 'too-uniform'],
    ['Password123456', 'common'],
    ['P@ssw0rd!!2026', 'common'],
    ['passwordpassword', 'common'],
    ['qwertyqwerty12', 'common'],
    ['1234567890123', 'common'],
    ['abcdefghijklmn', 'common'],
    ['Drawbridge2026!', 'common'],
    ['my-dijkstra-pass-phrase', 'holds-your-name'],
    ['NOOR likes 12 trains', 'holds-your-name'],
  ] as [string, PasswordProblem][])('%s is refused: %s', (password, problem) => {
    expect(passwordProblem(password, owner)).toBe(problem)
  })

  it.each([
    'tulip anchor violet nine',
    'kVh3-tz9q-Lw8x-p2',
    'обычные слова вместе',
    'the password is a long walk by the sea',
  ])('%s will do', (password) => {
    expect(passwordProblem(password, owner)).toBeUndefined()
  })
})
