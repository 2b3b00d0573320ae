import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { deliverySchema, promptDelivery } from './audit-log/delivery'
import { clientSchema, makeClients } from './azure/access/clients'
import { writePrivateFile } from './private-file'
import { StartError } from './start-error'
import { noVaults, vaultsSchema } from './vault-settings'

/** The listeners of one installation. Their ports are part of every kid, so they are chosen once and kept. */
export type ListenerName = 'vault' | 'managedHsm' | 'standardVault' | 'token' | 'attestation' | 'admin'
export type Ports = Partial<Record<ListenerName, number>>

const port = z.int().min(1).max(65535).optional()

const settingsSchema = z
  .object({
    tenantId: z.uuid(),
    clientId: z.uuid(),
    clientObjectId: z.uuid(),
    clientSecret: z.string().min(32),
    /** HMAC key of the access tokens, base64url. */
    tokenKey: z.string().min(43),
    ports: z.object({
      vault: port,
      managedHsm: port,
      standardVault: port,
      token: port,
      attestation: port,
      admin: port,
    }),
    /** Made once; what every vault belongs to unless its own settings say otherwise. */
    subscriptionId: z.uuid().default(() => randomUUID()),
    vaults: vaultsSchema.prefault({}),
    auditLog: deliverySchema.prefault({}),
    /** The identities beside the first. */
    clients: z.array(clientSchema).default(makeClients),
    /** Vaults and token endpoint speak TLS, under a certificate of the installation's own CA. */
    tls: z.boolean().default(false),
  })
  .refine(hasDistinctClients, { path: ['clients'] })

/** Two of one id would share whatever either may do. */
function hasDistinctClients({ clientId, clients }: { clientId: string; clients: { clientId: string }[] }): boolean {
  return new Set([clientId, ...clients.map((client) => client.clientId)]).size === clients.length + 1
}

/** What one installation keeps in settings.json (0600): random per installation; `vaults`, `auditLog`, `clients` and `tls` are for people to change. */
export type Settings = z.infer<typeof settingsSchema>

export function readOrCreateSettings(dataFolder: string): Settings {
  const path = join(dataFolder, 'settings.json')
  if (existsSync(path)) return readSettings(path)
  const settings: Settings = {
    tenantId: randomUUID(),
    clientId: randomUUID(),
    clientObjectId: randomUUID(),
    clientSecret: randomBytes(32).toString('base64url'),
    tokenKey: randomBytes(32).toString('base64url'),
    ports: {},
    subscriptionId: randomUUID(),
    vaults: noVaults,
    clients: makeClients(),
    tls: false,
    auditLog: promptDelivery,
  }
  writeSettings(dataFolder, settings)
  return settings
}

export function writeSettings(dataFolder: string, settings: Settings): void {
  writePrivateFile(join(dataFolder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`)
}

function readSettings(path: string): Settings {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    const where = cause instanceof z.ZodError ? cause.issues[0]?.path.join('.') : undefined
    throw new StartError(
      'damaged-settings',
      `The local vault's settings in ${path} can't be read${where ? ` ("${where}" is wrong or missing)` : ''}; mend them, put a good copy back, or start with an empty data folder.`,
      { cause },
    )
  }
}
