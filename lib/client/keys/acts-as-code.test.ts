import { describe, expect, it } from 'vitest'
import { KEY_ACTS, keyActAsCode } from './acts-as-code'

const version = '0123456789abcdef0123456789abcdef'
const vault = { url: 'https://contoso.vault.azure.net', name: 'payroll', version } as const
const local = { ...vault, url: 'http://127.0.0.1:9000' }

describe('an act on a key version as code', () => {
  it.each(KEY_ACTS)('names vault and key in %s, and the version where the act is about one', (id) => {
    const { az, rest } = keyActAsCode(id, vault)
    const ofKey = id === 'list' || id === 'delete'
    expect(az).toContain('--vault-name contoso --name payroll')
    expect(az?.includes(`--version ${version}`)).toBe(!ofKey)
    expect(rest).toMatch(/^(GET|PATCH|DELETE) https:\/\/contoso\.vault\.azure\.net\/keys\/payroll/)
    expect(rest.includes(version)).toBe(!ofKey)
    expect(rest).toContain('api-version=7.6')
  })

  it('has REST alone for a vault that az can’t reach', () => {
    expect(KEY_ACTS.map((id) => keyActAsCode(id, local).az)).toEqual(KEY_ACTS.map(() => null))
  })

  it('asks for no public value where the comparison is blind', () => {
    expect(keyActAsCode('show', vault, { attributesOnly: true }).az).toMatch(/--query attributes$/)
  })

  it('disables and enables by the same call with the other value', () => {
    expect(keyActAsCode('disable', vault).rest.replace('false', 'true')).toBe(keyActAsCode('enable', vault).rest)
  })
})
