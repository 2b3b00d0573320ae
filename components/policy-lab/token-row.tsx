'use client'

import type { LabEvent } from '@/lib/client/release-policy/lab-state'
import type { SignatureVerdict } from '@/lib/client/release-policy/verify-token'
import { type DecodedToken, remarksOn } from '@/lib/domain/releases/decode-attestation-token'
import { obstaclesOf } from '@/lib/domain/releases/obstacles'
import type { PolicyTestResult } from '@/lib/domain/releases/policy-tests'
import { TOKEN_REMARK_WORDS } from '@/lib/domain/releases/token-problem'
import { SignatureMark } from '../release-policy/signature-mark'
import { Mark } from '../release-policy/verdict-mark'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'
import { Select } from '../ui/select'
import { Row, RowHeader, Td } from '../ui/table'
import { TextInput } from '../ui/text-input'
import { useNow } from '../ui/use-now'
import { ObstacleText } from './obstacle-text'
import { problemOf, type ReadToken, signedOf } from './read-token'

type TokenRowProps = {
  token: ReadToken
  result: PolicyTestResult | null
  signatures: ReadonlyMap<DecodedToken, SignatureVerdict>
  isShown: boolean
  send: (event: LabEvent) => void
}

const EXPECTATIONS = [
  { value: 'allow', label: 'let in' },
  { value: 'deny', label: 'kept out' },
] as const

export function TokenRow({ token, result, signatures, isShown, send }: TokenRowProps) {
  const { id, name, expected, read } = token
  const change = (part: { name?: string; expected?: 'allow' | 'deny' }) =>
    send({ type: 'token-changed', id, change: part })
  return (
    <Row selected={isShown}>
      <RowHeader narrow>
        <div className="w-32">
          <TextInput
            aria-label={`Name of token ${name}`}
            value={name}
            className="text-table"
            maxLength={80}
            onChange={(event) => change({ name: event.target.value })}
          />
        </div>
      </RowHeader>
      <Td wrap>
        <span className="break-all font-mono text-xs">{read.ok ? read.value.issuer : problemOf(token)}</span>
      </Td>
      <Td wrap>
        <Signature token={token} signatures={signatures} />
      </Td>
      <Td>
        <div className="w-28">
          <Select
            aria-label={`Expected for ${name}`}
            className="text-table"
            options={EXPECTATIONS}
            value={expected}
            onChange={(event) => change({ expected: event.target.value === 'deny' ? 'deny' : 'allow' })}
          />
        </div>
      </Td>
      <Td wrap>
        <Decision result={result} />
      </Td>
      <Td>
        {result ? (
          <Badge tone={result.passed ? 'good' : 'danger'} shape={result.passed ? 'check' : 'cross'}>
            {result.passed ? 'passes' : 'fails'}
          </Badge>
        ) : (
          <span className="text-text-muted">not run</span>
        )}
      </Td>
      <Td>
        <div className="flex flex-wrap justify-end gap-1">
          <Button
            size="small"
            variant="quiet"
            aria-pressed={isShown}
            aria-label={`Show the claims of ${name}`}
            onClick={() => send({ type: 'token-shown', id })}
          >
            {isShown ? 'Shown' : 'Show claims'}
          </Button>
          {read.ok ? (
            <Button
              size="small"
              variant="quiet"
              aria-label={`Make a variant of ${name}`}
              onClick={() => send({ type: 'variant-made', id })}
            >
              Variant
            </Button>
          ) : null}
          <Button
            size="small"
            variant="quiet"
            aria-label={`Remove ${name}`}
            onClick={() => send({ type: 'token-removed', id })}
          >
            Remove
          </Button>
        </div>
      </Td>
    </Row>
  )
}

function Decision({ result }: { result: PolicyTestResult | null }) {
  if (!result) return null
  const [first, ...more] = obstaclesOf(result.trace)
  return (
    <div className="flex flex-col items-start gap-1">
      <Badge tone={result.decision === 'allow' ? 'good' : 'neutral'}>
        {result.decision === 'allow' ? 'let in' : 'kept out'}
      </Badge>
      {first ? (
        <span className="wrap-anywhere text-text-muted">
          <ObstacleText obstacle={first} />
          {more.length > 0 ? ` and ${more.length} more` : ''}
        </span>
      ) : null}
    </div>
  )
}

function Signature({ token, signatures }: Pick<TokenRowProps, 'token' | 'signatures'>) {
  const now = useNow('half-minute')
  const signed = signedOf(token)
  if (!signed) return token.read.ok ? <span className="text-text-muted">Claims written by hand</span> : null
  const verdict = signatures.get(signed)
  return (
    <div className="flex flex-col gap-1">
      {verdict === undefined ? (
        <span className="text-text-muted">{signed.algorithm}, not verified</span>
      ) : (
        <SignatureMark verdict={verdict} />
      )}
      {remarksOn(signed.times, now / 1000).map((remark) => (
        <Mark key={remark} tone="attention" shape="clock">
          {TOKEN_REMARK_WORDS[remark]}
        </Mark>
      ))}
    </div>
  )
}
