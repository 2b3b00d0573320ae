'use client'

import { useState } from 'react'
import { saveText } from '@/lib/client/import/save-text'
import type { LedgerRow } from '@/lib/client/outbound/join-requests'
import type { Ledger } from '@/lib/client/outbound/ledger-store'
import { LEDGER_WORDS, ledgerAsJson } from '@/lib/client/outbound/saved-ledger'
import type { SentBody } from '@/lib/client/outbound/sent'
import { Button } from '../ui/button'
import { Disclosure } from '../ui/disclosure'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { useLedger } from './use-ledger'

/** What this page has sent since the file was chosen. Nothing, while none was. */
export function OutboundLedger() {
  const ledger = useLedger()
  const [open, setOpen] = useState(false)
  if (!ledger) return null
  const { rows, notListed } = ledger
  const withBody = rows.filter(({ body }) => body.state !== 'none').length

  return (
    <Disclosure
      summary={`What this page has sent since the file was chosen: ${countWords(rows.length + notListed)}, ${withBody} with a body`}
      onToggle={setOpen}
    >
      {open ? <LedgerContent ledger={ledger} /> : null}
    </Disclosure>
  )
}

/** Drawn anew with every request: only while somebody looks. */
function LedgerContent({ ledger }: { ledger: Ledger }) {
  const { rows, notListed } = ledger

  function save() {
    saveText('outbound-ledger.json', ledgerAsJson(ledger, window.location.origin), 'application/json')
  }

  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-prose text-sm text-text-muted">{LEDGER_WORDS}</p>
      {rows.length > 0 ? (
        <Table
          label="Requests of this page"
          head={
            <>
              <Th>Request</Th>
              <Th>Body</Th>
            </>
          }
        >
          {rows.map((row) => (
            <Row key={row.key}>
              <RowHeader>
                <span className="wrap-anywhere font-mono font-normal text-xs">{addressWords(row)}</span>
              </RowHeader>
              <Td wrap>{bodyWords(row.body)}</Td>
            </Row>
          ))}
        </Table>
      ) : (
        <p className="text-sm">None yet.</p>
      )}
      {notListed > 0 ? <p className="text-sm">{`And ${notListed} more, which are not listed.`}</p> : null}
      <div>
        <Button size="small" onClick={save}>
          Save this list with your record
        </Button>
      </div>
    </div>
  )
}

const countWords = (count: number) => (count === 1 ? '1 request' : `${count} requests`)

function addressWords({ method, initiator, url, listed }: LedgerRow): string {
  const { origin, pathname, search } = new URL(url)
  const where = origin === window.location.origin ? pathname + search : url
  return `${method ?? initiator} ${where}${listed ? '' : ' (under way, or stopped)'}`
}

function bodyWords(body: SentBody) {
  switch (body.state) {
    case 'none':
      return 'None'
    case 'reading':
      return 'Being read …'
    case 'unseen':
      return <strong className="font-medium text-attention">Not seen</strong>
    case 'withheld':
      return `${body.bytes} bytes with your password: no hash of it is kept`
    case 'seen':
      return (
        <>
          {body.bytes} bytes, SHA-256 <span className="break-all font-mono text-xs">{body.sha256}</span>
        </>
      )
  }
}
