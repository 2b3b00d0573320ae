import type { Server } from 'node:http'
import { Hono } from 'hono'
import { closeListener, listen, type VaultHttp } from './listen'
import type { ListenerName, Ports } from './settings'
import type { ServerTls } from './tls'

const graceMs = 10_000

const titles = {
  vault: 'Key Vault',
  managedHsm: 'Managed HSM',
  standardVault: 'standard Key Vault',
  token: 'token endpoint',
  attestation: 'attestation authority',
  admin: 'admin port',
} as const satisfies Record<ListenerName, string>

/** Attestation and admin stay plain: the vault fetches an issuer's keys without knowing this CA, and the admin port has no secret. */
const plain: ReadonlySet<ListenerName> = new Set(['attestation', 'admin'])

/** The base URL of a taken port, and what answers there: 503 until something is mounted. */
export type Listener = { url: string; mount(app: Hono<VaultHttp>): void }

type Undo = (() => Promise<void> | void)[]

/** Takes ports one after the other; what is to be undone closes all of them at once, so that requests in flight share one period of grace. */
export function createListeners(
  wanted: (name: ListenerName) => number | undefined,
  serverTls: ServerTls | undefined,
  undo: Undo,
) {
  const servers: Server[] = []
  const ports: Ports = {}
  undo.push(() => Promise.all(servers.map((server) => closeListener(server, graceMs))).then(() => undefined))

  async function open(name: ListenerName): Promise<Listener> {
    let app: Hono<VaultHttp> | undefined
    const front = new Hono<VaultHttp>().all(
      '*',
      (context) => app?.fetch(context.req.raw, context.env) ?? context.body(null, 503),
    )
    const tls = plain.has(name) ? undefined : serverTls
    const { server, port } = await listen(front, wanted(name), { title: titles[name], tls })
    servers.push(server)
    ports[name] = port
    return {
      url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
      mount(mounted) {
        app = mounted
      },
    }
  }
  return { open, ports }
}
