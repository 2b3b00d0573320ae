import { cookies } from 'next/headers'
import Link from 'next/link'
import { parseTheme, themeCookie } from '@/lib/client/theme'
import { Icon } from '../ui/icon'
import { Wordmark } from '../ui/wordmark'
import { LiveStatus } from './live-status'
import { MainNav } from './main-nav'
import { PersonMenu } from './person-menu'
import { PlaceMark } from './place-mark'
import { RouteFocus } from './route-focus'
import { SideBar } from './side-bar'
import type { AppShellProps } from './types'
import { VaultDots } from './vault-dots'

/** The frame of every page behind the sign-in. All it shows comes as props. */
export async function AppShell(props: AppShellProps) {
  const { place, nav, homeHref, vaultsHref, statusHref, status, person, signOut, children } = props
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  const entries = nav.map(({ icon, ...entry }) => ({ ...entry, drawing: <Icon icon={icon} /> }))
  return (
    <>
      <SkipLink />
      <PlaceMark place={place} />
      <div className="flex flex-col lg:flex-row">
        <SideBar mark={<HomeLink href={homeHref} />}>
          <MainNav entries={entries} status={status} />
          <VaultDots href={vaultsHref} status={status} />
          <div className="mt-auto">
            <PersonMenu person={person} theme={theme} signOut={signOut} />
          </div>
        </SideBar>
        <div className="min-w-0 flex-1">
          <main id="main" tabIndex={-1} className="px-4 py-6 lg:px-8 print:p-0">
            {children}
          </main>
        </div>
      </div>
      <LiveStatus href={statusHref} status={status} />
      <RouteFocus />
    </>
  )
}

function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only z-50 rounded bg-raised px-4 py-2 font-medium text-accent text-sm shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
    >
      Skip to the content
    </a>
  )
}

function HomeLink({ href }: { href: string }) {
  return (
    <Link href={href} prefetch={false} aria-label="Drawbridge, start" className="rounded">
      <Wordmark />
    </Link>
  )
}
