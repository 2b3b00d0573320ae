import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Access, accessSchema, sameEverywhere } from './access'
import { keyPermissions } from './key-permissions'

/** An identity beside the first, as settings.json keeps it: people may add their own and change what it may do. */
export const clientSchema = z.strictObject({
  name: z.string().regex(/^[0-9a-z-]{1,40}$/),
  clientId: z.uuid(),
  clientObjectId: z.uuid(),
  clientSecret: z.string().min(32),
  access: accessSchema,
})

export type ClientSettings = z.infer<typeof clientSchema>

/** What the first client, the console's, may do: everything, in either model. On the HSM that takes two roles. */
export const fullAccess: Access = sameEverywhere(
  { permissions: [...keyPermissions], roles: [{ role: 'Key Vault Administrator', scope: '/' }] },
  {
    roles: [
      { role: 'Managed HSM Crypto User', scope: '/' },
      { role: 'Managed HSM Crypto Officer', scope: '/' },
    ],
  },
)

/**
 * The further identities of a new installation. Each has the roles of the same title in both kinds of vault, which do not mean
 * the same: a vault's Crypto Officer imports, on an HSM that is the Crypto User, and the Crypto Officer purges.
 */
export function makeClients(): ClientSettings[] {
  return [
    makeClient(
      'auditor',
      sameEverywhere(
        { permissions: ['get', 'list', 'getrotationpolicy'], roles: [{ role: 'Key Vault Reader', scope: '/' }] },
        { roles: [{ role: 'Managed HSM Crypto Auditor', scope: '/' }] },
      ),
    ),
    makeClient(
      'crypto-user',
      sameEverywhere(
        {
          permissions: [
            'get',
            'list',
            'update',
            'backup',
            'encrypt',
            'decrypt',
            'wrapKey',
            'unwrapKey',
            'sign',
            'verify',
          ],
          roles: [{ role: 'Key Vault Crypto User', scope: '/' }],
        },
        { roles: [{ role: 'Managed HSM Crypto User', scope: '/' }] },
      ),
    ),
    makeClient(
      'crypto-officer',
      sameEverywhere(
        { permissions: [...keyPermissions], roles: [{ role: 'Key Vault Crypto Officer', scope: '/' }] },
        { roles: [{ role: 'Managed HSM Crypto Officer', scope: '/' }] },
      ),
    ),
    makeClient(
      'release-only',
      sameEverywhere(
        { permissions: ['release'], roles: [{ role: 'Key Vault Crypto Service Release User', scope: '/' }] },
        { roles: [{ role: 'Managed HSM Crypto Service Release User', scope: '/' }] },
      ),
    ),
  ]
}

export function makeClient(name: string, access: Access): ClientSettings {
  return {
    name,
    clientId: randomUUID(),
    clientObjectId: randomUUID(),
    clientSecret: randomBytes(32).toString('base64url'),
    access,
  }
}
