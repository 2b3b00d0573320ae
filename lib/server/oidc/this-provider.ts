import 'server-only'
import { routes } from '@/lib/routes'
import { env } from '../env'
import { createOidcProvider, type OidcProvider } from './provider'

let ofThisBundle: OidcProvider | undefined

/** The provider of this console; undefined where none is set. Its metadata and keys are kept between requests. */
export function thisProvider(): OidcProvider | undefined {
  const { oidc, publicUrl } = env()
  ofThisBundle ??= oidc && createOidcProvider(oidc, `${publicUrl}${routes.oidcCallback()}`)
  return ofThisBundle
}
