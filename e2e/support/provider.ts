import { expect, type Page } from '@playwright/test'
import { type ProviderAccount, sayOf } from '@/lib/testing/oidc/start-provider'

/** What the button says. */
export const PROVIDER_NAME = 'Northwind'

/** The console's setting: groups at the provider, roles here. */
export const ROLE_MAPPING =
  'claim=groups; administrator=console-admins; custodian=key-custodians; approver=key-approvers; auditor=auditors'

const account = (sub: string, name: string, groups: string[]): ProviderAccount => ({
  sub,
  name,
  email: `${sub}@northwind.test`,
  groups,
})

export const PROVIDER_ACCOUNTS = [
  account('maren', 'Maren Lindqvist', ['key-custodians', 'everybody']),
  account('idris', 'Idris Bello', ['key-approvers']),
  account('noor', 'Noor Haddad', ['everybody']),
  account('viktor', 'Viktor Sand', ['console-admins', 'key-custodians']),
  // The subject of a first officer of the installation itself: another person all the same.
  account('amara.okafor', 'Amara of Northwind', ['auditors']),
] as const

export function providerIssuer(): string {
  const issuer = process.env.E2E_PROVIDER_ISSUER
  if (!issuer) throw new Error('E2E_PROVIDER_ISSUER is not set: the global set-up starts the provider')
  return issuer
}

/** From now on the provider says this of somebody. */
export const providerSays = (sub: string, name: string, groups: string[]) =>
  sayOf(providerIssuer(), account(sub, name, groups))

/** At the provider's own page: who one is there. */
export async function logInAtProvider(page: Page, sub: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The provider’s login')
  await page.getByLabel('Account').fill(sub)
  await page.getByRole('button', { name: 'Log in' }).click()
}

/** By the sign-in page's first button and the provider's login; where it leads is for the caller to expect. */
export async function goThroughProvider(page: Page, sub: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: `Sign in with ${PROVIDER_NAME}` }).click()
  await logInAtProvider(page, sub)
}

export async function signInByProvider(page: Page, sub: string, name: string): Promise<void> {
  await goThroughProvider(page, sub)
  await expect(page.getByRole('button', { name: 'Your menu' })).toContainText(name)
}
