'use client'

import { useRouter } from 'next/navigation'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import type { SessionView } from '@/lib/domain/people/session-view'
import { Badge } from '../ui/badge'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'

type SessionListProps = {
  /** Whose they are, for the table's name: "Your sessions". */
  label: string
  sessions: readonly SessionView[]
  end: Action<{ sessionId: string }, unknown>
  /** Why none can be ended. */
  closed?: string | undefined
}

/** Sessions that are live now. An ended one is nobody's on its next request. */
export function SessionList({ label, sessions, end, closed }: SessionListProps) {
  const router = useRouter()
  const { act, problem } = useAct(end)

  async function endOne(sessionId: string) {
    await act({ sessionId })
    router.refresh()
  }

  if (sessions.length === 0)
    return <p className="text-sm text-text-muted">Nobody is signed in with this account now.</p>
  return (
    <div>
      <div role="alert">{problem ? <Banner tone="danger" title={problemWords(problem)} /> : null}</div>
      <Table
        label={label}
        density="comfortable"
        head={
          <>
            <Th>Device</Th>
            <Th>Address</Th>
            <Th>Signed in</Th>
            <Th>Last touched</Th>
            <Th>
              <span className="sr-only">End it</span>
            </Th>
          </>
        }
      >
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} closed={closed} onEnd={() => endOne(session.id)} />
        ))}
      </Table>
    </div>
  )
}

type SessionRowProps = { session: SessionView; closed: string | undefined; onEnd: () => Promise<void> }

function SessionRow({ session, closed, onEnd }: SessionRowProps) {
  const { device, address, startedAt, lastUseAt, method, current } = session
  const words = device ?? 'Unknown device'
  return (
    <Row>
      <RowHeader>
        <span className="flex flex-wrap items-center gap-2">
          {words}
          {current ? <Badge tone="good">This session</Badge> : null}
        </span>
      </RowHeader>
      <Td mono>{address ?? 'not recorded'}</Td>
      <Td>
        <DateTime value={startedAt} />
        <span className="block text-text-muted text-xs">
          {method === 'oidc' ? 'by the sign-in provider' : 'by password'}
        </span>
      </Td>
      <Td>
        <DateTime value={lastUseAt} />
      </Td>
      <Td>
        <Button
          size="small"
          aria-label={`End the session of ${words}`}
          disabledReason={closed ?? (current ? 'This is the one you are in: sign out instead.' : undefined)}
          onClick={onEnd}
        >
          End
        </Button>
      </Td>
    </Row>
  )
}
