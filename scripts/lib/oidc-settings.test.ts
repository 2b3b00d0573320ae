import { describe, expect, it } from 'vitest'
import { ROLES } from '@/lib/domain/people/roles'
import { readLocalSignIn, readOidcSettings, readRoleMapping } from './oidc-settings.mjs'
import { wrongSettings } from './settings.mjs'

const TENANT = 'https://login.microsoftonline.com/2f1b6c0e-0000-4000-8000-000000000000/v2.0'
const least = {
  DRAWBRIDGE_OIDC_ISSUER: TENANT,
  DRAWBRIDGE_OIDC_CLIENT_ID: 'console',
  DRAWBRIDGE_OIDC_CLIENT_SECRET: 'a secret word',
}
const namesOf = (env: Record<string, string | undefined>) => wrongSettings(env).map(({ name }) => name)

describe('the identity provider’s settings', () => {
  it('are complete with issuer, client and secret', () => {
    expect(wrongSettings(least)).toEqual([])
    expect(readOidcSettings(least)).toEqual({
      issuer: TENANT,
      clientId: 'console',
      clientSecret: 'a secret word',
      name: 'login.microsoftonline.com',
      scopes: 'openid profile email',
      clientAuth: undefined,
      mapping: undefined,
    })
  })

  it('are none when none is given', () => {
    expect(readOidcSettings({ DRAWBRIDGE_OIDC_ISSUER: ' ' })).toBeUndefined()
  })

  it.each(Object.keys(least))('name %s when it alone is missing', (name) => {
    expect(namesOf({ ...least, [name]: '' })).toEqual([name])
  })

  it.each([
    'https://login.microsoftonline.com/common/v2.0',
    'https://login.microsoftonline.com/Organizations/v2.0',
    'https://login.microsoftonline.us/consumers/v2.0',
    'https://sts.windows.net/common/',
    'http://provider.example.com',
    'https://provider.example.com/?tenant=1',
    'https://provider.example.com/#x',
    'https://user:word@provider.example.com/',
    'https://Provider.example.com/',
    'https://provider.example.com:443/realms/one',
    'provider.example.com',
  ])('refuse %s as an issuer, without repeating it', (issuer) => {
    const problems = wrongSettings({ ...least, DRAWBRIDGE_OIDC_ISSUER: issuer })
    expect(problems.map(({ name }) => name)).toEqual(['DRAWBRIDGE_OIDC_ISSUER'])
    expect(JSON.stringify(problems)).not.toContain(`${issuer}"`)
  })

  it.each([
    'https://provider.example.com',
    'https://provider.example.com/',
    'https://provider.example.com/realms/common',
    'http://127.0.0.1:4000',
    'http://[::1]:4000/',
  ])('take %s as an issuer', (issuer) => {
    expect(namesOf({ ...least, DRAWBRIDGE_OIDC_ISSUER: issuer })).toEqual([])
  })

  it.each([
    ['DRAWBRIDGE_OIDC_SCOPES', 'profile email'],
    ['DRAWBRIDGE_OIDC_SCOPES', 'openid  profile'],
    ['DRAWBRIDGE_OIDC_CLIENT_AUTH', 'none'],
    ['DRAWBRIDGE_OIDC_NAME', 'x'.repeat(41)],
    ['DRAWBRIDGE_OIDC_CLIENT_ID', 'two words'],
    ['DRAWBRIDGE_OIDC_ROLES', 'custodian'],
    ['DRAWBRIDGE_LOCAL_SIGN_IN', 'yes'],
  ])('name %s when it is %j', (name, value) => {
    expect(namesOf({ ...least, [name]: value })).toEqual([name])
  })

  it('leave no console that nobody can sign in to', () => {
    expect(namesOf({ DRAWBRIDGE_LOCAL_SIGN_IN: 'off' })).toEqual(['DRAWBRIDGE_LOCAL_SIGN_IN'])
    expect(namesOf({ ...least, DRAWBRIDGE_LOCAL_SIGN_IN: 'off' })).toEqual([])
  })

  it.each([
    ['without a provider', {}, false, true],
    ['with a provider and no local vault', least, false, false],
    ['with a provider beside a local vault', least, true, true],
    ['switched on', { ...least, DRAWBRIDGE_LOCAL_SIGN_IN: 'ON' }, false, true],
    ['switched off', { ...least, DRAWBRIDGE_LOCAL_SIGN_IN: 'off' }, true, false],
  ])('passwords %s', (_title, env, hasLocalVault, on) => {
    expect(readLocalSignIn(env, hasLocalVault)).toBe(on)
  })
})

describe('the mapping of roles', () => {
  it('names one claim and the values that give each role', () => {
    expect(readRoleMapping('claim=groups; custodian=a, b ;approver=c;')).toEqual({
      claim: 'groups',
      roles: { custodian: ['a', 'b'], approver: ['c'] },
    })
  })

  it('takes any claim’s name and any value', () => {
    expect(readRoleMapping('claim=https://example.com/roles; auditor=/teams/audit%3B one%2C two,50%25')).toEqual({
      claim: 'https://example.com/roles',
      roles: { auditor: ['/teams/audit; one, two', '50%'] },
    })
  })

  it('knows every role', () => {
    for (const role of ROLES) expect(readRoleMapping(`claim=groups; ${role}=x`)?.roles).toEqual({ [role]: ['x'] })
  })

  it.each([
    '',
    'groups',
    'claim=groups',
    'custodian=a',
    'custodian=a; claim=groups',
    'claim=a,b; custodian=c',
    'claim=groups; keeper=a',
    'claim=groups; Custodian=a',
    'claim=groups; custodian=',
    'claim=groups; custodian=a,,b',
    'claim=groups; custodian=a; custodian=b',
    'claim=groups; custodian=50%',
    'claim=groups; administrator=a,b; approver=b',
  ])('is wrong as %j', (text) => {
    expect(readRoleMapping(text)).toBeUndefined()
  })
})
