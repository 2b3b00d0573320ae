import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { PasskeyOwedNote } from '@/components/account/passkey-owed-note'
import { AlarmBanners } from '@/components/alarms/alarm-banners'
import { AppShell } from '@/components/layout/app-shell'
import { ClocksApartNote } from '@/components/layout/clocks-apart-note'
import type { Place } from '@/components/layout/types'
import { SessionKeeper } from '@/components/session/session-keeper'
import { StepUpDesk } from '@/components/step-up/step-up-desk'
import { parseTheme, themeCookie } from '@/lib/client/theme'
import type { StatusView } from '@/lib/domain/connections/views'
import { closedBecause, hasPermission } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { listAlarms } from '@/lib/server/alarms/list-alarms'
import { currentSessionAndStanding } from '@/lib/server/auth/current-actor'
import { sameOriginPath } from '@/lib/server/auth/same-origin-path'
import { sessionEnds } from '@/lib/server/auth/session-header'
import { env } from '@/lib/server/env'
import { PATH_HEADER } from '@/lib/server/front/page-policy'
import { lacksPasskey } from '@/lib/server/passkeys/lacks-passkey'
import { runtimeContext } from '@/lib/server/runtime'
import { getStatus } from '@/lib/server/status/get-status'
import { askPasskeyForStepUp, stepUpByPasskey, stepUpByPassword } from './account/actions'
import { acknowledgeAlarm } from './alarm-actions'
import { shellStatus } from './shell-status'

const STEP_UP_ACTIONS = { password: stepUpByPassword, askPasskey: askPasskeyForStepUp, passkey: stepUpByPasskey }

/** The frame of every page behind the sign-in. Each page asks for its own permission; here one only has to be somebody. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const read = await currentSessionAndStanding()
  if (!read) redirect(routes.signIn(sameOriginPath((await headers()).get(PATH_HEADER))))
  const { session, standing } = read
  const { actor } = session
  const ctx = { ...runtimeContext(), standing }
  const status = await getStatus(ctx, actor)
  const alarms = status.alarms > 0 && hasPermission(actor.roles, 'keys.read') ? await listAlarms(ctx, actor) : []
  return (
    <AppShell
      place={placeOf(status)}
      theme={parseTheme((await cookies()).get(themeCookie(env().publicUrl))?.value)}
      status={shellStatus(status)}
      person={{ name: actor.name, email: actor.email, roles: actor.roles }}
      overlays={
        <>
          <StepUpDesk actions={{ ...STEP_UP_ACTIONS, providerName: env().oidc?.name ?? null }} />
          <SessionKeeper ends={sessionEnds(session, ctx.clock())} />
        </>
      }
    >
      {alarms.length > 0 ? (
        <AlarmBanners
          alarms={alarms}
          acknowledge={acknowledgeAlarm}
          closed={closedBecause(actor.roles, 'alarms.acknowledge')}
        />
      ) : null}
      {status.clockAheadMs === null ? null : <ClocksApartNote aheadMs={status.clockAheadMs} />}
      {(await lacksPasskey(ctx, actor, env().passkeys.required)) ? <PasskeyOwedNote /> : null}
      {children}
    </AppShell>
  )
}

/** The gravest place that any of its vaults stands in: one production vault makes it a production console. */
function placeOf({ vaults }: StatusView): Place {
  const places: readonly Place[] = ['production', 'test']
  return places.find((place) => vaults.some((vault) => vault.environment === place)) ?? 'local'
}
