import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const schema = z.object({
  console: z.object({ url: z.url() }),
  officers: z.array(
    z.object({ name: z.string(), email: z.string(), password: z.string(), roles: z.array(z.string()) }),
  ),
  vaults: z.array(z.object({ name: z.string(), kind: z.enum(['azure-key-vault', 'azure-managed-hsm']), url: z.url() })),
  token: z.object({ url: z.url(), clientId: z.string(), clientSecret: z.string() }),
})

/** What `<data>/local.json` tells local clients. */
export type Installation = z.infer<typeof schema>
export type Officer = Installation['officers'][number]

/** The data folder of the console that these tests started. */
export function dataFolder(): string {
  const folder = process.env.E2E_DATA
  if (!folder)
    throw new Error(
      'E2E_DATA is not set: run these specs by `npx playwright test`, whose global set-up starts a console',
    )
  return folder
}

/** The running installation, as `npm start` described it. */
export function installation(): Installation {
  return schema.parse(JSON.parse(readFileSync(path.join(dataFolder(), 'local.json'), 'utf8')))
}

/** The first officer who holds all these roles; `number` picks a later one (1 is the second). */
export function officerWith(roles: readonly string[], number = 0): Officer {
  const found = installation().officers.filter((officer) => roles.every((role) => officer.roles.includes(role)))[number]
  if (!found) throw new Error(`no officer number ${number + 1} with the roles ${roles.join(', ')}`)
  return found
}

const vaultSettings = z.object({ ports: z.object({ admin: z.int() }) })

/** The local vault's admin port, where held requests are released; it is in no description for clients. */
export function vaultAdminUrl(): string {
  const file = path.join(dataFolder(), 'vault', 'settings.json')
  return `http://127.0.0.1:${vaultSettings.parse(JSON.parse(readFileSync(file, 'utf8'))).ports.admin}`
}
