/** An answer of the vault that is no success: HTTP status, outer code, sentence, and the inner code where there is one. */
export class Fault extends Error {
  readonly status: number
  readonly code: string
  readonly inner: string | undefined
  readonly headers: Record<string, string>
  /** Answered with the status and headers alone. */
  readonly bare: boolean

  constructor(
    status: number,
    code: string,
    message: string,
    extra: { inner?: string; headers?: Record<string, string>; bare?: boolean } = {},
  ) {
    super(message)
    this.name = 'Fault'
    this.status = status
    this.code = code
    this.inner = extra.inner
    this.headers = extra.headers ?? {}
    this.bare = extra.bare ?? false
  }
}

export const badParameter = (message: string): Fault => new Fault(400, 'BadParameter', message)

/** The service's one answer to every transfer blob and JWK it can't use; it never says why (nor is it an oracle). */
export const badKey = (): Fault => badParameter('The property "key" must be a valid JsonWebKey object.')

export const keyNotFound = (name: string, version?: string): Fault =>
  new Fault(
    404,
    'KeyNotFound',
    `A key with (name/id) ${version ? `${name}/${version}` : name} was not found in this key vault. If you recently deleted this key you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  )

/** A path that does not exist, or not in this kind of vault, or not yet in this api-version. */
export const noSuchResource = (): Fault => new Fault(404, 'NotFound', 'The requested resource does not exist.')

export const nameIsDeleted = (name: string): Fault =>
  new Fault(
    409,
    'Conflict',
    `Key ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the key can only be recovered or purged.`,
    { inner: 'ObjectIsDeletedButRecoverable' },
  )

export const keyExists = (name: string): Fault => new Fault(409, 'Conflict', `The key ${name} already exists.`)

export const nameIsBeingDeleted = (name: string): Fault =>
  new Fault(409, 'Conflict', `Key ${name} is currently being deleted.`, { inner: 'ObjectIsBeingDeleted' })

export const forbidden = (inner: string, message: string): Fault => new Fault(403, 'Forbidden', message, { inner })

/** https://github.com/microsoft/AzureTRE/issues/1760 has the sentence; its inner code is our choice. */
export const purgeIsProtected = (): Fault =>
  forbidden(
    'ForbiddenByPolicy',
    'Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.',
  )

export const throttled = (retryAfterSeconds: number): Fault =>
  new Fault(
    429,
    'Throttled',
    'Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached',
    { headers: { 'retry-after': String(retryAfterSeconds) } },
  )
