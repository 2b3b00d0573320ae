import 'server-only'
import type { Actor } from '../context'
import { LOCAL_ISSUER } from './local-issuer'
import { requirePermission } from './require-permission'

export interface IssuerChoice {
  value: string
  label: string
  hint: string
}

interface SignInSettings {
  oidc: { issuer: string; name: string } | undefined
  /** Whether people of this installation may sign in with a password. */
  localSignIn: boolean
}

/** Where a new person may sign in: at the identity provider where one is set, and at this installation where that is on. */
export function listIssuers(actor: Actor, { oidc, localSignIn }: SignInSettings): IssuerChoice[] {
  requirePermission(actor, 'people.manage')
  const provider = oidc && {
    value: oidc.issuer,
    label: `By ${oidc.name}`,
    hint: `Known at ${oidc.issuer} by a subject.`,
  }
  const local = localSignIn && {
    value: LOCAL_ISSUER,
    label: 'With a password of this installation',
    hint: 'Whoever confirms is shown a one-time link, by which the person sets it.',
  }
  return [provider, local].filter((choice): choice is IssuerChoice => Boolean(choice))
}
