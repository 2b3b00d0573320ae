import type { AccessToken, TokenCredential } from '@azure/core-auth'
import type { CredentialReference } from '@/lib/domain/connections/credential'
import { isLoopbackUrl } from '@/lib/domain/connections/vault-url'
import { ProviderError } from '../port'
import { LocalCredential } from './local-credential'

export interface CredentialSettings {
  localClient?: { tokenUrl: string; clientId: string; clientSecret: string }
  /** Reads one setting by its name; undefined when it is not set. */
  setting: (name: string) => string | undefined
}

/**
 * The credential of a connection. Secrets are looked up by name, at each first use, and kept nowhere else.
 * Throws `ProviderError('credential-missing')` when a named setting is absent, at the first token and not before: a
 * connection with a wrong setting must not take a page down.
 */
export function createCredential(
  reference: CredentialReference,
  vaultUrl: string,
  settings: CredentialSettings,
): TokenCredential {
  return new LazyCredential(() => build(reference, vaultUrl, settings))
}

async function build(
  reference: CredentialReference,
  vaultUrl: string,
  settings: CredentialSettings,
): Promise<TokenCredential> {
  if (reference.type === 'local-client') {
    if (!settings.localClient || !isLoopbackUrl(vaultUrl)) throw missing()
    return new LocalCredential(settings.localClient)
  }
  // Loaded when first needed: the identity library is large, and a local installation never touches it.
  const identity = await import('@azure/identity')
  switch (reference.type) {
    case 'client-secret': {
      const secret = required(settings, reference.secretVariable)
      return new identity.ClientSecretCredential(reference.tenantId, reference.clientId, secret)
    }
    case 'client-certificate': {
      const certificatePath = required(settings, reference.certificatePathVariable)
      return new identity.ClientCertificateCredential(reference.tenantId, reference.clientId, { certificatePath })
    }
    case 'default':
      return new identity.DefaultAzureCredential()
  }
}

function required(settings: CredentialSettings, name: string): string {
  const value = settings.setting(name)
  if (!value) throw missing()
  return value
}

function missing(): ProviderError {
  return new ProviderError('credential-missing', 'not-sent')
}

class LazyCredential implements TokenCredential {
  private built: Promise<TokenCredential> | null = null

  constructor(private readonly make: () => Promise<TokenCredential>) {}

  async getToken(...args: Parameters<TokenCredential['getToken']>): Promise<AccessToken | null> {
    this.built ??= this.make()
    try {
      return await (await this.built).getToken(...args)
    } catch (error) {
      if (error instanceof ProviderError) this.built = null
      throw error
    }
  }
}
