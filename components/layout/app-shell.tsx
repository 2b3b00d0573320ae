'use client'

import { routes } from '@/lib/routes'
import { CommandDesk } from '../palette/command-desk'
import { PaletteButton } from '../palette/palette-button'
import { PlainLink } from '../ui/plain-link'
import { Wordmark } from '../ui/wordmark'
import { LiveStatus } from './live-status'
import { MainNav } from './main-nav'
import { PersonMenu } from './person-menu'
import { PlaceMark } from './place-mark'
import { RouteFocus } from './route-focus'
import { SideBar } from './side-bar'
import type { AppShellProps } from './types'
import { VaultDots } from './vault-dots'

/**
 * The frame of every page behind the sign-in, drawn from facts. A client component as a whole: what the server makes of
 * elements crosses twice, as markup and as its description, and the frame would do so with every page.
 */
export function AppShell({ place, theme, status, person, overlays, children }: AppShellProps) {
  return (
    <>
      <SkipLink />
      <PlaceMark place={place} />
      <div className="flex flex-col lg:flex-row">
        <SideBar mark={<HomeLink />}>
          <PaletteButton />
          <MainNav roles={person.roles} status={status} />
          <VaultDots href={routes.vaults()} status={status} />
          <div className="mt-auto">
            <PersonMenu person={person} theme={theme} />
          </div>
        </SideBar>
        <div className="min-w-0 flex-1">
          <main id="main" tabIndex={-1} className="px-4 py-6 lg:px-8 print:p-0">
            {children}
          </main>
        </div>
      </div>
      <LiveStatus href={routes.apiStatus()} status={status} />
      <RouteFocus />
      <CommandDesk roles={person.roles} />
      {overlays}
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

function HomeLink() {
  return (
    <PlainLink href={routes.start()} aria-label="Drawbridge, start" className="rounded">
      <Wordmark />
    </PlainLink>
  )
}
