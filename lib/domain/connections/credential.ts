import { z } from 'zod'

/** How a connection signs in: names of settings in the server's environment, never a secret itself. */
export const credentialSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('local-client') }),
  z.object({
    type: z.literal('client-secret'),
    tenantId: z.string().trim().min(1).max(128),
    clientId: z.string().trim().min(1).max(128),
    /** Name of the environment variable that holds the secret. */
    secretVariable: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]{2,63}$/, 'Give the name of an environment variable, e.g. PROD_VAULT_SECRET.'),
  }),
  z.object({
    type: z.literal('client-certificate'),
    tenantId: z.string().trim().min(1).max(128),
    clientId: z.string().trim().min(1).max(128),
    /** Name of the environment variable that holds the path of the PEM file. */
    certificatePathVariable: z.string().regex(/^[A-Z][A-Z0-9_]{2,63}$/, 'Give the name of an environment variable.'),
  }),
  z.object({ type: z.literal('default') }),
])
export type CredentialReference = z.infer<typeof credentialSchema>

export const CREDENTIAL_WORDS = {
  'local-client': 'Local vault client (this installation)',
  'client-secret': 'Service principal with a secret from the environment',
  'client-certificate': 'Service principal with a certificate from the environment',
  default: 'Managed identity or default credential',
} as const satisfies Record<CredentialReference['type'], string>

/** A credential with all that its reference names: no secret is among it. */
export function credentialWords(credential: CredentialReference): string {
  const words = CREDENTIAL_WORDS[credential.type]
  switch (credential.type) {
    case 'client-secret':
      return `${words}: tenant ${credential.tenantId}, client ${credential.clientId}, secret in ${credential.secretVariable}`
    case 'client-certificate':
      return `${words}: tenant ${credential.tenantId}, client ${credential.clientId}, certificate at ${credential.certificatePathVariable}`
    default:
      return words
  }
}
