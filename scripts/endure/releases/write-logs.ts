import { createHash, randomUUID } from 'node:crypto'
import { openAuditLog } from '@/lib/local-vault/audit-log/audit-log'
import { promptDelivery } from '@/lib/local-vault/audit-log/delivery'
import type { AuditedVault, EndedCall } from '@/lib/local-vault/audit-log/ended-call'
import { openClock } from '@/lib/local-vault/clock'

// A program of `npm run endure`: write-logs <data folder> <records>. A year of a busy vault's log, by the local vault's own writer.

/** A million records a year: as many files to so many records, however many there are. */
const EVERY_MS = (365 * 24 * 3_600_000) / 1_000_000
const END = Date.UTC(2026, 10, 22)
const KEYS = 500
const ORIGIN = 'https://busy.vault.azure.net'

const tenantId = '7f7f7f7f-0000-4000-8000-000000000000'
const vault: AuditedVault = {
  ...{ name: 'busy', kind: 'azure-key-vault', url: ORIGIN, tenantId },
  resourceId: '/subscriptions/s/resourceGroups/local/providers/Microsoft.KeyVault/vaults/busy',
}

const hex = (text: string) => createHash('sha256').update(text).digest('hex')
const guid = (text: string) => hex(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

/** Of twenty calls one reads a key, one changes one, two are refused; of each key few callers ask, from few addresses. */
function callOf(at: number, time: number): EndedCall {
  const key = at % KEYS
  const turn = Math.floor(at / KEYS)
  const oid = guid(`person ${key % 40} ${turn % 3}`)
  const refused = at % 20 === 7 || at % 20 === 13
  const name = `key-${key}`
  const version = hex(name).slice(0, 32)
  return {
    ...{ time, durationMs: 12, apiVersion: '7.4', key: { name, version }, answered: null, access: null },
    operation: at % 20 === 0 ? 'get' : at % 20 === 1 ? 'update' : 'release',
    status: refused ? 403 : 200,
    description: refused
      ? 'The release policy requirements are not met by the environment attestation statement.'
      : null,
    caller: { appid: guid(`app ${key % 7}`), oid, appidacr: '1', iss: 'https://sts.windows.net/', tid: tenantId },
    correlationId: randomUUID(),
    request: {
      requestUri: `${ORIGIN}/keys/${name}/${version}/release?api-version=7.4`,
      clientInfo: 'azsdk-js-keyvault-keys/4.10.2 core-rest-pipeline/1.24.0 Node/20.20.2 OS/(x64-Linux)',
      callerIpAddress: `10.0.${key % 16}.${turn % 4}`,
      tls: 'TLSv1.3',
    },
  }
}

const [dataFolder = '', records = '0'] = process.argv.slice(2)
const count = Number(records)
const log = openAuditLog(dataFolder, promptDelivery, openClock(dataFolder, Date.now), () => undefined)
for (let at = 0; at < count; at += 1) log.append(vault, callOf(at, END - Math.floor((count - at) * EVERY_MS)))
log.close()
