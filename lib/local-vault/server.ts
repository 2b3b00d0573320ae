import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { type AcknowledgedLog, openAcknowledgedLog } from './acknowledged-log'
import { adminApp } from './admin/admin-app'
import { createHolds } from './admin/holds'
import { attestationApp } from './attestation/attestation-app'
import { auditFolderOf } from './audit-log/audit-folder'
import { type AuditLog, openAuditLog } from './audit-log/audit-log'
import type { Delivery } from './audit-log/delivery'
import type { AuditedVault } from './audit-log/ended-call'
import { logQueryResource, queryApp } from './audit-log/query/query-app'
import { openShipping, type Shipping } from './audit-log/ship-to-storage'
import { type Access, noGrants } from './azure/access/access'
import { verdictOn } from './azure/access/authorise'
import type { ClientSettings } from './azure/access/clients'
import { resourcesOf } from './azure/addresses'
import { dueHandlers } from './azure/due-handlers'
import { createMisbehaviour } from './azure/misbehave'
import { resourceIdOf } from './azure/resource-id'
import { createThrottle } from './azure/throttle'
import { vaultApp } from './azure/vault-app'
import type { VaultContext } from './azure/vault-call'
import type { VaultKind } from './azure/vault-kind'
import { readOrCreateAuthority } from './certificates/signing-authority'
import { type Clock, openClock } from './clock'
import { createDueWork } from './due-work'
import { authorityOf, clientsOf, grantsIn } from './identities'
import { attestationSignerOf, releaseSignerOf } from './installation-signers'
import type { VaultHttp } from './listen'
import { createListeners } from './listeners'
import { lockFolder } from './lock'
import { openVaults } from './open-vaults'
import { type Ports, readOrCreateSettings, writeSettings } from './settings'
import { StartError } from './start-error'
import { openStore } from './store/key-store'
import { openTls } from './tls'
import type { Caller } from './token/access-token'
import { tokenApp } from './token/token-app'
import { changeVaults, type VaultsWish } from './vault-settings'

export type LocalVaultOptions = {
  dataFolder: string
  /** Default: those of the folder's first start, which takes free ones. A given port is kept from then on. */
  ports?: Ports
  /** What the vaults are; kept from then on. Default: as they were, at first a premium vault and a Managed HSM. */
  vaults?: VaultsWish
  /** The identities beside the first; kept from then on. Default: as they were, at first four. */
  clients?: ClientSettings[]
  /** With TLS, from then on. Default: as it was, at first without. */
  tls?: boolean
  /** How the audit log is delivered; kept from then on. Default: as it was, at first promptly, once and in order. */
  auditLog?: Partial<Delivery>
  /** Milliseconds; the clock that the installation's own, which can be moved, starts from. */
  now?: () => number
}

/** What a local client needs to know, as `<data>/local.json` and `npm run vault` print it. */
export type LocalVaultDescription = {
  vaults: { name: string; kind: VaultKind; url: string }[]
  /** The first client may do everything. */
  token: { url: string; clientId: string; clientSecret: string }
  /** Further clients of the same token endpoint, with what they may do in each vault. */
  clients: { name: string; clientId: string; clientSecret: string; access: Access }[]
  /** With TLS: the path of the certificate that vaults and token endpoint are to be trusted by. */
  ca?: string
  /** `POST <url>/tokens`; the issuer's metadata lies beside it. */
  attestation: { url: string }
  /** The folder that holds the container `insights-logs-auditevent`. */
  auditLog: string
  admin: { url: string }
}

export type LocalVault = {
  description: LocalVaultDescription
  /** The vaults without their sockets, in the description's order. */
  apps: Hono<VaultHttp>[]
  close(): Promise<void>
}

type Undo = (() => Promise<void> | void)[]

const attestationNames = { root: 'Local Vault Key Attestation Root', leaf: 'Local Vault Key Attestation' }

/** Starts the vaults, the token endpoint and the admin port on 127.0.0.1. Throws StartError for what a person can mend. */
export async function startLocalVault(options: LocalVaultOptions): Promise<LocalVault> {
  const { dataFolder } = options
  prepareFolder(dataFolder)
  const undo: Undo = [lockFolder(dataFolder)]
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return { ...(await open(options, undo)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function open(options: LocalVaultOptions, undo: Undo): Promise<Omit<LocalVault, 'close'>> {
  const { dataFolder } = options
  const kept = readOrCreateSettings(dataFolder)
  const settings = {
    ...kept,
    vaults: changeVaults(kept.vaults, options.vaults ?? {}),
    clients: options.clients ?? kept.clients,
    tls: options.tls ?? kept.tls,
    auditLog: { ...kept.auditLog, ...options.auditLog },
  }
  const tls = settings.tls ? openTls(dataFolder) : undefined
  const clock = openClock(dataFolder, options.now ?? Date.now)
  const store = await openStore(dataFolder)
  undo.push(() => store.close())
  const log = openLog(dataFolder, undo)
  const audit = await openAudit(dataFolder, settings.auditLog, clock, undo)

  // All ports are taken before anything is built on them: every kid and challenge holds one.
  const listeners = createListeners((name) => options.ports?.[name] || settings.ports[name], tls, undo)
  const vaults = await openVaults(settings, listeners.open)
  const token = await listeners.open('token')
  const issuer = await listeners.open('attestation')
  const admin = await listeners.open('admin')
  writeSettings(dataFolder, { ...settings, ports: { ...settings.ports, ...listeners.ports } })

  const holds = createHolds()
  undo.push(() => holds.abandonAll())
  const attestation = readOrCreateAuthority(join(dataFolder, 'key-attestation.json'), attestationNames, 'EC')
  const { tenantId, clientId, clientSecret } = settings
  const clients = clientsOf(settings)
  const ownResources = vaults.flatMap(({ kind, listener }) => Object.values(resourcesOf({ kind, url: listener.url })))
  const resources = [...ownResources, logQueryResource]
  const authority = authorityOf(settings, { clients, resources, url: token.url, now: clock.now })
  const misbehave = createMisbehaviour(holds, clock.now)
  const now = () => Math.floor(clock.now() / 1000)
  const { deriveKey } = store
  const contexts = vaults.map(({ listener: { url }, ...rest }) => {
    const signRelease = releaseSignerOf(dataFolder, { ...rest, url })
    const grants = grantsIn(rest.name, clients)
    return {
      ...rest,
      url,
      grantsOf: (appid: string) => grants.get(appid) ?? noGrants,
      keys: store.keysOf(rest.name),
      now,
      deriveKey,
      attestation,
      signRelease,
    }
  })
  const auditedOf = (vault: VaultContext) => auditedVaultOf(vault, tenantId)
  const dueWork = createDueWork(store.due, clock, dueHandlers(store, contexts, { log, audit, auditedOf }))
  undo.push(() => dueWork.stop())
  await dueWork.settle()
  const { settlePurges, settle } = dueWork
  const parts = { now: clock.now, authority, log, audit, misbehave, settlePurges }
  const apps = contexts.map((vault) =>
    vaultApp({ ...parts, vault, audited: auditedOf(vault), throttle: createThrottle(vault) }),
  )
  const auditFolder = auditFolderOf(dataFolder)
  const queries = queryApp({
    authority,
    now: clock.now,
    auditFolder,
    readableBy: (caller) => readableBy(contexts, caller),
  })
  apps.forEach((app, at) => {
    vaults[at]?.listener.mount(queriesBefore(queries, app))
  })
  token.mount(tokenApp(authority))
  issuer.mount(attestationApp({ url: issuer.url, signer: attestationSignerOf(dataFolder), now: clock.now }))
  admin.mount(adminApp({ holds, clock, settle }))

  const description = {
    vaults: vaults.map(({ name, kind, listener }) => ({ name, kind, url: listener.url })),
    token: { url: `${token.url}/${tenantId}/oauth2/v2.0/token`, clientId, clientSecret },
    clients: settings.clients.map(({ clientObjectId: _, ...client }) => client),
    ...(tls && { ca: tls.caFile }),
    attestation: { url: issuer.url },
    auditLog: auditFolder,
    admin: { url: admin.url },
  }
  return { description, apps }
}

/** Whoever may list the keys of a vault may read its records. */
function readableBy(vaults: VaultContext[], caller: Caller): Set<string> {
  const readable = vaults.filter((vault) => verdictOn(vault, { operation: 'list', name: '', caller }).granted)
  return new Set(readable.map((vault) => resourceIdOf(vault).toUpperCase()))
}

/** Queries of the audit log come in at every vault's port, below a path that no vault has. */
function queriesBefore(queries: Hono<VaultHttp>, app: Hono<VaultHttp>): Hono<VaultHttp> {
  const both = new Hono<VaultHttp>().route('/', queries)
  return both.all('*', (context) => app.fetch(context.req.raw, context.env))
}

function auditedVaultOf(vault: VaultContext, tenantId: string): AuditedVault {
  const { name, kind, url } = vault
  return { name, kind, url, resourceId: resourceIdOf(vault), tenantId }
}

async function openAudit(dataFolder: string, delivery: Delivery, clock: Clock, undo: Undo): Promise<AuditLog> {
  let shipping: Shipping | undefined
  const audit = openAuditLog(dataFolder, delivery, clock, (path) => shipping?.grown(path))
  undo.push(() => audit.close())
  if (delivery.storage === null) return audit
  const started = await openShipping(auditFolderOf(dataFolder), delivery.storage)
  undo.push(() => started.stop())
  shipping = started
  return audit
}

function openLog(dataFolder: string, undo: Undo): AcknowledgedLog {
  const log = openAcknowledgedLog(dataFolder)
  undo.push(() => log.close())
  return log
}

function prepareFolder(dataFolder: string): void {
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new StartError(
      'unusable-folder',
      `The data folder ${dataFolder} can't be made or written; choose another one.`,
      { cause },
    )
  }
}
