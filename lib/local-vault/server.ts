import { accessSync, constants, mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { Hono } from 'hono'
import { openAcknowledgedLog } from './acknowledged-log'
import { adminApp } from './admin/admin-app'
import { createHolds } from './admin/holds'
import { createMisbehaviour } from './azure/misbehave'
import { vaultApp } from './azure/vault-app'
import type { VaultKind } from './azure/vault-kind'
import { closeListener, listen, type VaultHttp } from './listen'
import { lockFolder } from './lock'
import { type ListenerName, type Ports, readOrCreateSettings, writeSettings } from './settings'
import { StartError } from './start-error'
import { openStore } from './store/key-store'
import type { TokenAuthority } from './token/access-token'
import { tokenApp } from './token/token-app'

export type LocalVaultOptions = {
  dataFolder: string
  /** Default: those of the folder's first start, which takes free ones. A given port is kept from then on. */
  ports?: Ports
  /** Milliseconds. */
  now?: () => number
}

/** What a local client needs to know, as `<data>/local.json` and `npm run vault` print it. */
export type LocalVaultDescription = {
  vaults: { name: string; kind: VaultKind; url: string }[]
  token: { url: string; clientId: string; clientSecret: string }
  admin: { url: string }
}

export type LocalVault = { description: LocalVaultDescription; close(): Promise<void> }

const vaults = [
  { name: 'local-vault', kind: 'azure-key-vault', listener: 'vault' },
  { name: 'local-hsm', kind: 'azure-managed-hsm', listener: 'managedHsm' },
] as const satisfies { name: string; kind: VaultKind; listener: ListenerName }[]

const graceMs = 10_000

/** Starts both vaults, the token endpoint and the admin port on 127.0.0.1. Throws StartError for what a person can mend. */
export async function startLocalVault(options: LocalVaultOptions): Promise<LocalVault> {
  const { dataFolder } = options
  prepareFolder(dataFolder)
  const undo: (() => Promise<void> | void)[] = [lockFolder(dataFolder)]
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return { description: await open(options, undo), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function open(options: LocalVaultOptions, undo: (() => Promise<void> | void)[]): Promise<LocalVaultDescription> {
  const { dataFolder, now = Date.now } = options
  const settings = readOrCreateSettings(dataFolder)
  const store = openStore(dataFolder)
  undo.push(() => store.close())
  const log = openAcknowledgedLog(dataFolder)
  undo.push(() => log.close())

  const { urls, mount } = await listenAll((name) => options.ports?.[name] || settings.ports[name], undo)
  writeSettings(dataFolder, { ...settings, ports: portsOf(urls) })

  const holds = createHolds()
  undo.push(() => holds.abandonAll())
  const { tenantId, clientId, clientObjectId, clientSecret } = settings
  const key = Buffer.from(settings.tokenKey, 'base64url')
  const authority: TokenAuthority = { tenantId, clientId, clientObjectId, clientSecret, url: urls.token, key, now }
  const misbehave = createMisbehaviour(holds, now)
  for (const { name, kind, listener } of vaults) {
    const vault = { name, kind, url: urls[listener], keys: store.keysOf(name), now: () => Math.floor(now() / 1000) }
    mount[listener](vaultApp({ vault, now, authority, log, misbehave }))
  }
  mount.token(tokenApp(authority))
  mount.admin(adminApp(holds))

  return {
    vaults: vaults.map(({ name, kind, listener }) => ({ name, kind, url: urls[listener] })),
    token: { url: `${urls.token}/${tenantId}/oauth2/v2.0/token`, clientId, clientSecret },
    admin: { url: urls.admin },
  }
}

const titles = {
  vault: 'Key Vault',
  managedHsm: 'Managed HSM',
  token: 'token endpoint',
  admin: 'admin port',
} as const satisfies Record<ListenerName, string>

type Listening = { urls: Record<ListenerName, string>; mount: Record<ListenerName, (app: Hono<VaultHttp>) => void> }

/** Takes all four ports before anything is built on them: every kid and challenge holds one. */
async function listenAll(
  wanted: (name: ListenerName) => number | undefined,
  undo: (() => Promise<void> | void)[],
): Promise<Listening> {
  const servers: Server[] = []
  // All are closed at once, so that requests in flight share one period of grace.
  undo.push(() => Promise.all(servers.map((server) => closeListener(server, graceMs))).then(() => undefined))

  async function open(name: ListenerName) {
    let app: Hono<VaultHttp> | undefined
    const front = new Hono<VaultHttp>().all(
      '*',
      (context) => app?.fetch(context.req.raw, context.env) ?? context.body(null, 503),
    )
    const { server, port } = await listen(front, wanted(name), titles[name])
    servers.push(server)
    const mount = (mounted: Hono<VaultHttp>) => {
      app = mounted
    }
    return { url: `http://127.0.0.1:${port}`, mount }
  }

  const vault = await open('vault')
  const managedHsm = await open('managedHsm')
  const token = await open('token')
  const admin = await open('admin')
  return {
    urls: { vault: vault.url, managedHsm: managedHsm.url, token: token.url, admin: admin.url },
    mount: { vault: vault.mount, managedHsm: managedHsm.mount, token: token.mount, admin: admin.mount },
  }
}

function portsOf(urls: Record<ListenerName, string>): Record<ListenerName, number> {
  const port = (url: string) => Number(new URL(url).port)
  return {
    vault: port(urls.vault),
    managedHsm: port(urls.managedHsm),
    token: port(urls.token),
    admin: port(urls.admin),
  }
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
