import { expect, it } from 'vitest'
import { readLogRecord } from './read-log-record'
import { readLogRow } from './read-log-row'
import { canonicalText } from './vault-log-record'

const OID = '2f0f4e7a-0000-4000-8000-000000000001'
const APP = '2f0f4e7a-0000-4000-8000-000000000002'
const URI = 'https://contoso.vault.azure.net/keys/payroll/release?api-version=7.4'
const idOf = (kind: string) => `/subscriptions/s/resourcegroups/g/providers/microsoft.keyvault/${kind}/contoso`

const common = {
  OperationName: 'KeyRelease',
  CorrelationId: 'call-1',
  Address: '203.0.113.7',
  RequestUri: URI,
  Status: 403,
}
const legacy = { ...common, Table: 'AzureDiagnostics', Id: '', ObjectId: OID, AppId: APP, Upn: '', Identity: null }
const ofFile = { operationName: 'KeyRelease', correlationId: 'call-1', callerIpAddress: '203.0.113.7' }

function textOf(read: ReturnType<typeof readLogRow>): string {
  if (!read.ok || read.value === null) throw new Error('not read')
  return canonicalText(read.value)
}

it('of a vault is the record of its file, to the seventh decimal, in either table', () => {
  const file = textOf(
    readLogRecord({
      ...ofFile,
      ...{
        time: '2026-11-22T10:11:12.3456700Z',
        resourceId: idOf('VAULTS').toUpperCase(),
        resultSignature: 'Forbidden',
      },
      identity: { claim: { oid: OID, appid: APP } },
      properties: { requestUri: URI, httpStatusCode: 403 },
    }),
  )
  const row = { ...legacy, ResourceId: idOf('vaults'), ResultSignature: 'Forbidden' }
  for (const At of ['2026-11-22T10:11:12.3456700Z', '2026-11-22T10:11:12.34567Z'])
    expect(textOf(readLogRow({ ...row, At }))).toBe(file)
  const Identity = { claim: { oid: OID, appid: APP } }
  const { ObjectId: _o, AppId: _a, Upn: _u, ...fixed } = row
  expect(textOf(readLogRow({ ...fixed, Identity, At: '2026-11-22T10:11:12.34567Z' }))).toBe(file)
})

it('of a Managed HSM is the record of its file, which has no result signature', () => {
  const claims = { appid: APP, http_schemas_microsoft_com_identity: { claims: { objectidentifier: OID } } }
  const file = textOf(
    readLogRecord({
      ...ofFile,
      ...{ time: '2026-11-22T10:11:12.340Z', resourceId: idOf('MANAGEDHSMS').toUpperCase(), properties: {} },
      ...{ identity: JSON.stringify({ claim: claims }), requestUri: URI, httpStatusCode: 403 },
    }),
  )
  const row = { ...legacy, ResourceId: idOf('managedhsms'), ResultSignature: 'Forbidden' }
  for (const At of ['2026-11-22T10:11:12.3400000Z', '2026-11-22T10:11:12.34Z'])
    expect(textOf(readLogRow({ ...row, At }))).toBe(file)
})

it('that can not be read says why', () => {
  const row = { ...legacy, At: '2026-11-22T10:11:12Z', ResourceId: idOf('vaults'), ResultSignature: '' }
  const reasonOf = (more: object) => readLogRow({ ...row, ...more })
  expect(reasonOf({ At: 'yesterday' })).toEqual({ ok: false, error: 'no-time' })
  expect(reasonOf({ At: 5 })).toEqual({ ok: false, error: 'no-time' })
  expect(reasonOf({ Status: null })).toEqual({ ok: false, error: 'no-outcome' })
  expect(reasonOf({ ResultSignature: 'OK' })).toEqual({ ok: false, error: 'outcome-contradicts' })
  expect(reasonOf({ OperationName: '' })).toEqual({ ok: false, error: 'no-operation' })
  expect(reasonOf({ OperationName: 'KeyMystery' })).toEqual({ ok: false, error: 'unknown-operation' })
  expect(reasonOf({ ResourceId: null })).toEqual({ ok: false, error: 'no-vault' })
})
