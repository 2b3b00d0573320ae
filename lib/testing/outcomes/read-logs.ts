import { readFileSync } from 'node:fs'
import { KeyClient } from '@azure/keyvault-keys'
import pg from 'pg'
import { LocalCredential } from '@/lib/providers/azure/local-credential'
import type { AcknowledgedLine, HeldVersion, Logs } from './logs'

export interface LogPlaces {
  /** Any user who may read rows. */
  databaseUrl: string
  vaults: readonly { name: string; url: string }[]
  token: { url: string; clientId: string; clientSecret: string }
  /** The local vault's `acknowledged.jsonl`. */
  acknowledgedFile: string
  /** Which key names are judged; others (a KEK, the example estate) have makers of their own. */
  inScope: (keyName: string) => boolean
}

/** The vault's and our own logs as they stand now. */
export async function readLogs(places: LogPlaces): Promise<Pick<Logs, 'vault' | 'ours'>> {
  const [versions, ours] = await Promise.all([readVersions(places), readOurs(places)])
  return { vault: { acknowledged: readAcknowledged(places), versions }, ours }
}

function readAcknowledged({ acknowledgedFile, inScope }: LogPlaces): AcknowledgedLine[] {
  const lines = readFileSync(acknowledgedFile, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as AcknowledgedLine).filter(({ name }) => inScope(name)) // our own vault's log
}

async function readVersions({ vaults, token, inScope }: LogPlaces): Promise<HeldVersion[]> {
  const credential = new LocalCredential({ ...token, tokenUrl: token.url })
  const held: HeldVersion[] = []
  for (const { name: vault, url } of vaults) {
    const client = new KeyClient(url, credential, {
      allowInsecureConnection: true,
      disableChallengeResourceVerification: true,
    })
    for await (const { name } of client.listPropertiesOfKeys()) {
      if (!inScope(name)) continue
      for await (const { version = '' } of client.listPropertiesOfKeyVersions(name)) {
        const { properties, keyOperations = [] } = await client.getKey(name, { version })
        const { enabled = false, tags = {} } = properties
        held.push({ vault, name, version, enabled, keyOps: keyOperations, tags })
      }
    }
  }
  return held
}

async function readOurs({ databaseUrl, inScope }: LogPlaces): Promise<Logs['ours']> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const rows = async <T extends pg.QueryResultRow>(text: string) => (await client.query<T>(text)).rows
  try {
    const operations = await rows<Logs['ours']['operations'][number]>(
      `SELECT o.id, o.kind, c.name AS vault, key_name AS "keyName", key_version AS "keyVersion", status, code,
              started_at AS "startedAt", finished_at AS "finishedAt", import_id AS "importId"
         FROM operation o JOIN connection c ON c.id = o.connection_id ORDER BY started_at`,
    )
    const imports = await rows<Logs['ours']['imports'][number]>(
      `SELECT i.id, c.name AS vault, key_name AS "keyName", key_version AS "keyVersion", importer_id AS "importerId",
              status, frozen_sha256 AS "frozenSha256"
         FROM import i JOIN connection c ON c.id = i.connection_id`,
    )
    const approvals = await rows<Logs['ours']['approvals'][number]>(
      `SELECT import_id AS "importId", approver_id AS "approverId", decision, frozen_sha256 AS "frozenSha256",
              acted_at AS "actedAt", voided_at AS "voidedAt"
         FROM approval`,
    )
    const events = await rows<Logs['ours']['events'][number]>(
      `SELECT operation_id AS "operationId", phase FROM audit_event
        WHERE type = 'operation' AND operation_id IS NOT NULL ORDER BY id`,
    )
    const judged = operations.filter(({ keyName }) => inScope(keyName))
    const others = new Set(operations.filter(({ keyName }) => !inScope(keyName)).map(({ id }) => id))
    return {
      operations: judged,
      imports: imports.filter(({ keyName }) => inScope(keyName)),
      approvals,
      events: events.filter(({ operationId }) => !others.has(operationId)),
    }
  } finally {
    await client.end()
  }
}
