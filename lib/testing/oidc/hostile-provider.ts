import { createServer, type Server } from 'node:http'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** What the next answer of the token endpoint says. Claims left undefined are left out. */
export interface NextToken {
  claims?: JWTPayload
  /** Signed by a key that the provider does not publish. */
  foreignKey?: boolean
  /** `none`: an unsigned token. */
  alg?: 'none'
  /** Instead of a token: a status and a body. */
  failure?: { status: number; body: unknown }
}

export interface HostileProvider {
  issuer: string
  next: (token: NextToken) => void
  /** What the client sent to the token endpoint, newest last. */
  redeemed: { form: URLSearchParams; authorization: string | undefined }[]
  /** Metadata beside or instead of the right ones. */
  metadata: Record<string, unknown>
  close: () => Promise<void>
}

/**
 * A provider that says what a test wants it to, signed rightly or not: what no honest one can be made to say. It speaks
 * discovery, keys and tokens; nobody logs in there, so a test makes the answer that a browser would have carried.
 */
export async function startHostileProvider(): Promise<HostileProvider> {
  const [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const jwks = { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] }
  let token: NextToken = {}
  const metadata: Record<string, unknown> = {}
  const redeemed: HostileProvider['redeemed'] = []
  let issuer = ''
  const idToken = async () => {
    const seconds = Math.floor(Date.now() / 1000)
    const claims = { iss: issuer, aud: 'console', sub: 'somebody', iat: seconds, exp: seconds + 300, ...token.claims }
    if (token.alg === 'none') return `${part({ alg: 'none' })}.${part(claims)}.`
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(token.foreignKey ? foreign.privateKey : own.privateKey)
  }
  const answer = async (path: string): Promise<{ status: number; body: unknown }> => {
    if (path === '/.well-known/openid-configuration')
      return { status: 200, body: { ...metadataOf(issuer), ...metadata } }
    if (path === '/jwks') return { status: 200, body: jwks }
    if (token.failure) return token.failure
    return { status: 200, body: { access_token: 'x', token_type: 'Bearer', id_token: await idToken() } }
  }
  const server = createServer(async (request, response) => {
    let form = ''
    for await (const chunk of request) form += chunk
    if (request.method === 'POST') {
      redeemed.push({ form: new URLSearchParams(form), authorization: request.headers.authorization })
    }
    const { status, body } = await answer(request.url ?? '')
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  issuer = `http://127.0.0.1:${await listen(server)}`
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()))
  return {
    issuer,
    redeemed,
    metadata,
    next: (said) => {
      token = said
    },
    close,
  }
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const metadataOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
})

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no port'))
      else resolve(address.port)
    })
  })
}
