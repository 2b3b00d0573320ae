import { CryptographyClient, KeyClient } from '@azure/keyvault-keys'
import { z } from 'zod'
import { installation } from './installation'

const answerSchema = z.object({ access_token: z.string(), expires_in: z.coerce.number() })

/** Client credentials at the local token endpoint, as `<data>/local.json` gives them to local clients. */
export const credential = {
  async getToken(scopes: string | string[]) {
    const { token } = installation()
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: token.clientId,
      client_secret: token.clientSecret,
      scope: [scopes].flat().join(' '),
    })
    const response = await fetch(token.url, { method: 'POST', body })
    if (!response.ok) throw new Error(`the token endpoint answered ${response.status}`)
    const answer = answerSchema.parse(await response.json())
    return { token: answer.access_token, expiresOnTimestamp: Date.now() + answer.expires_in * 1000 }
  },
}

/** The SDK's two switches for plain http on loopback. */
export const loopback = { allowInsecureConnection: true, disableChallengeResourceVerification: true }

/** An application that uses one exact version. By identifier alone, every operation is the vault's own. */
export function officialClient(kid: string): CryptographyClient {
  return new CryptographyClient(kid, credential, loopback)
}

/** Whether the vault itself says that this exact version is enabled. */
export async function isEnabledInVault(kid: string): Promise<boolean | undefined> {
  const { origin, pathname } = new URL(kid)
  const [, , name = '', version] = pathname.split('/')
  const { properties } = await new KeyClient(origin, credential, loopback).getKey(name, version ? { version } : {})
  return properties.enabled
}
