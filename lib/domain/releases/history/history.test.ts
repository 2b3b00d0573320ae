import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLogPath } from './log-path'
import { readLogDocument, readLogLines, shapeOf } from './read-log-text'
import { canonicalText } from './vault-log-record'

const VERSION = 'fdf067c93bbb4b22bff4d8b7a9a56217'

/** As a vault writes it (https://learn.microsoft.com/azure/key-vault/general/logging), here for a release. */
const vaultRecord = (more: Record<string, unknown> = {}, properties: Record<string, unknown> = {}) => ({
  time: '2026-11-22T10:11:12.3456789Z',
  category: 'AuditEvent',
  operationName: 'KeyRelease',
  resultType: 'Success',
  correlationId: 'c0ffee00-0000-4000-8000-000000000001',
  callerIpAddress: '203.0.113.7',
  identity: { claim: { oid: 'object-1', appid: 'app-1', upn: 'dana@contoso.example' } },
  properties: {
    id: `https://contoso.vault.azure.net/keys/payroll/${VERSION}`,
    requestUri: `https://contoso.vault.azure.net/keys/payroll/${VERSION}/release?api-version=7.4`,
    httpStatusCode: 200,
    ...properties,
  },
  resourceId: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/CONTOSO',
  resultSignature: 'OK',
  durationMs: '12',
  ...more,
})

/** As a Managed HSM writes it (https://learn.microsoft.com/azure/key-vault/managed-hsm/logging). */
const hsmRecord = (more: Record<string, unknown> = {}) => ({
  time: '2026-11-22T10:11:12.345Z',
  resourceId: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.KEYVAULT/MANAGEDHSMS/FABRIKAM',
  operationName: 'KeyRelease',
  resultType: 'Success',
  properties: { PoolType: 'M-HSM' },
  durationMs: 30,
  callerIpAddress: '203.0.113.8',
  identity: JSON.stringify({
    claim: { appid: 'app-2', http_schemas_microsoft_com_identity: { claims: { objectidentifier: 'object-2' } } },
  }),
  correlationId: 'c0ffee00-0000-4000-8000-000000000002',
  httpStatusCode: 403,
  requestUri: 'https://fabrikam.managedhsm.azure.net/keys/root/release?api-version=7.4',
  ...more,
})

const readOne = (value: unknown) => readLogLines([JSON.stringify(value)])
const reasonOf = (value: unknown) => readOne(value).aside.map(({ reason }) => reason)

describe('a record', () => {
  it('of a vault tells when, what, who, from where and how it ended', () => {
    expect(readOne(vaultRecord()).records).toEqual([
      {
        at: '2026-11-22T10:11:12.345Z',
        time: '2026-11-22T10:11:12.3456789Z',
        vault: 'contoso',
        origin: 'https://contoso.vault.azure.net',
        operation: 'KeyRelease',
        act: 'release',
        keyName: 'payroll',
        keyVersion: VERSION,
        decision: 'allowed',
        status: 200,
        signature: 'OK',
        releaseCode: null,
        description: null,
        objectId: 'object-1',
        appId: 'app-1',
        upn: 'dana@contoso.example',
        address: '203.0.113.7',
        correlationId: 'c0ffee00-0000-4000-8000-000000000001',
      },
    ])
  })

  it('of a Managed HSM tells the same, its identity being a text', () => {
    const facts = { vault: 'fabrikam', keyName: 'root', keyVersion: null, decision: 'denied', status: 403 }
    expect(readOne(hsmRecord()).records).toMatchObject([{ ...facts, objectId: 'object-2', appId: 'app-2' }])
    expect(readOne(hsmRecord({ identity: '{"claim":' })).records).toMatchObject([{ ...facts, objectId: null }])
  })

  it('with the long claim names of older logs tells who', () => {
    const claim = {
      'http://schemas.microsoft.com/identity/claims/objectidentifier': 'object-3',
      'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'eve@contoso.example',
    }
    const [record] = readOne(vaultRecord({ identity: { claim } })).records
    expect(record).toMatchObject({ objectId: 'object-3', upn: 'eve@contoso.example' })
  })

  it('that was refused is a denial, whatever its resultType says', () => {
    const decisions = (more: object, properties: object) =>
      readOne(vaultRecord({ ...more, resultType: 'Success' }, { ...properties })).records.map(
        ({ decision }) => decision,
      )
    expect(decisions({ resultSignature: 'Forbidden' }, { httpStatusCode: 403 })).toEqual(['denied'])
    expect(decisions({ resultSignature: undefined }, { httpStatusCode: 403 })).toEqual(['denied'])
    expect(decisions({ resultSignature: 'Forbidden' }, { httpStatusCode: undefined })).toEqual(['denied'])
    expect(decisions({ resultSignature: 'Bad Request' }, { httpStatusCode: '400' })).toEqual(['failed'])
    expect(decisions({ resultType: 'Failed' }, {})).toEqual(['allowed'])
  })

  it('that does not say how it ended, or says two things, is kept aside', () => {
    expect(reasonOf(vaultRecord({ resultSignature: undefined }, { httpStatusCode: undefined }))).toEqual(['no-outcome'])
    expect(reasonOf(vaultRecord({ resultSignature: 'OK' }, { httpStatusCode: 403 }))).toEqual(['outcome-contradicts'])
  })

  it('names what failed where the description has its number', () => {
    const resultDescription = 'AKV.SKR.1012: The specified attestation service *** cannot be reached.'
    const refused = vaultRecord({ resultDescription, resultSignature: 'Bad Request' }, { httpStatusCode: 400 })
    expect(readOne(refused).records).toMatchObject([{ releaseCode: 'AKV.SKR.1012', decision: 'failed' }])
  })

  it('of an operation that nobody knows is looked at by people; a name that speaks of a release is one', () => {
    expect(reasonOf(vaultRecord({ operationName: 'KeyTeleport' }))).toEqual(['unknown-operation'])
    expect(readOne(vaultRecord({ operationName: 'KeyReleased' })).records).toMatchObject([{ act: 'release' }])
    expect(readOne(vaultRecord({ operationName: 'SecretGet' }))).toEqual({ records: [], aside: [] })
    expect(readOne(vaultRecord({ operationName: 'constructor' }))).toEqual({ records: [], aside: [] })
  })

  it('that restores a key has no key called restore', () => {
    const uri = { id: undefined, requestUri: 'https://contoso.vault.azure.net/keys/restore?api-version=7.4' }
    expect(readOne(vaultRecord({ operationName: 'KeyRestore' }, uri)).records).toMatchObject([{ keyName: null }])
  })

  it('without a time or a vault is kept aside', () => {
    for (const time of [undefined, 'yesterday', '2026-13-40T00:00:00Z', '9999999-01-01T00:00:00Z', {}])
      expect(reasonOf(vaultRecord({ time }))).toEqual(['no-time'])
    expect(reasonOf(vaultRecord({ resourceId: '///' }))).toEqual(['no-vault'])
  })

  it('holds nothing that a database refuses or a screen obeys', () => {
    const hostile = 'a\u0000b\u202Ec\uD800\n<script>alert(1)</script>'
    const [record] = readOne(vaultRecord({ callerIpAddress: hostile, correlationId: 'x'.repeat(10_000_000) })).records
    expect(record).toBeUndefined() // longer than a megabyte
    const [kept] = readOne(vaultRecord({ callerIpAddress: hostile, correlationId: 'x'.repeat(100_000) })).records
    expect(kept?.address).toBe('a b c\uFFFD <script>alert(1)</script>')
    expect(kept?.correlationId).toHaveLength(512)
  })
})

describe('a file', () => {
  const three = [vaultRecord(), hsmRecord(), vaultRecord({ correlationId: 'another' })]

  it('says the same as lines, as a list and as a list below "records"', () => {
    const lines = readLogLines(three.map((record) => JSON.stringify(record)))
    expect(lines.records).toHaveLength(3)
    expect(readLogDocument(JSON.stringify(three))).toEqual(lines)
    expect(readLogDocument(JSON.stringify({ records: three }, null, 2))).toEqual(lines)
  })

  it('shows by its beginning how it is to be read', () => {
    expect(shapeOf(`${JSON.stringify(vaultRecord())}\n`)).toBe('lines')
    expect(shapeOf('not JSON at all\n')).toBe('lines')
    expect(shapeOf(`{\n${JSON.stringify(vaultRecord())}\n`)).toBe('lines')
    expect(shapeOf('{\n  ')).toBeUndefined()
    expect(shapeOf('{"time":"2026-')).toBeUndefined()
    expect(shapeOf('')).toBeUndefined()
    for (const text of ['[', ' [\n{', '{"records":[', '{\n  "records": ['])
      expect([text, shapeOf(text)]).toEqual([text, 'document'])
  })

  it('never throws, however broken or deep', () => {
    const deep = `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`
    const deepList = `[${'['.repeat(200_000)}${']'.repeat(200_000)}]`
    expect(readLogLines(['{"time":', deep, 'null', '[]', '7', '\u0000']).aside.length).toBe(6)
    expect(readLogDocument(deepList)?.records ?? []).toEqual([])
    expect(readLogDocument('{"records":[')).toBeUndefined()
    fc.assert(fc.property(fc.string(), (line) => readLogLines([line]).records.length === 0))
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...Object.keys(vaultRecord())), (json, member) => {
        const { records, aside } = readOne(vaultRecord({ [member]: JSON.parse(json) as unknown }))
        return records.length + aside.length <= 1
      }),
    )
  })

  it('tells by its path whose hour it is', () => {
    const path =
      'resourceId=/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/CONTOSO/y=2026/m=11/d=22/h=15/m=00/PT1H.json'
    expect(readLogPath(path)).toEqual({ vault: 'contoso', hour: '2026-11-22T15:00:00.000Z' })
    expect(readLogPath('some/other.json')).toBeNull()
  })
})

describe('the canonical text', () => {
  it('is one for a record and its duplicate in another order, and another for another call', () => {
    const turned = Object.fromEntries(Object.entries(vaultRecord()).reverse())
    const textOf = (value: unknown) => readOne(value).records.map(canonicalText)
    expect(textOf(turned)).toEqual(textOf(vaultRecord()))
    for (const more of [{ time: '2026-11-22T10:11:12.3456788Z' }, { correlationId: 'z' }, { identity: {} }])
      expect(textOf(vaultRecord(more))).not.toEqual(textOf(vaultRecord()))
  })
})
