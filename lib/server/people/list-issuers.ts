import 'server-only'
import type { Actor } from '../context'
import { LOCAL_ISSUER } from './local-issuer'
import { requirePermission } from './require-permission'

export interface IssuerChoice {
  value: string
  label: string
  hint: string
}

/** Where a new person may sign in: this installation, and the identity provider where one is set. */
export function listIssuers(actor: Actor, provider: { issuer: string } | undefined): IssuerChoice[] {
  requirePermission(actor, 'people.manage')
  const local = {
    value: LOCAL_ISSUER,
    label: 'With a password of this installation',
    hint: 'Whoever confirms is shown a one-time link, by which the person sets it.',
  }
  if (!provider) return [local]
  return [{ value: provider.issuer, label: `By ${provider.issuer}`, hint: 'Known there by the subject.' }, local]
}
