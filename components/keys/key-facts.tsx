import { IMPORT_ORIGIN_WORDS } from '@/lib/domain/imports/origin'
import { KEY_STATE_WORDS } from '@/lib/domain/keys/key-state'
import type { KeyDetail } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'
import { KeyId } from '../ui/key-id'
import { TextLink } from '../ui/text-link'
import { NOT_RECORDED, ORIGIN_WORDS, protectionWords, typeWords } from './key-words'

/** The attributes of the version looked at. */
export function KeyFacts({ detail }: { detail: KeyDetail }) {
  const { selected } = detail
  return (
    <DescriptionList
      items={[
        { term: 'Vault', detail: <TextLink href={routes.vault(detail.connectionId)}>{detail.vaultName}</TextLink> },
        { term: 'Key id', detail: <KeyId value={selected.kid} label="Copy key id" length={0} /> },
        { term: 'Version', detail: <KeyId value={selected.version} label="Copy version" length={0} /> },
        { term: 'Type and size', detail: typeWords(selected.kty, selected.sizeOrCurve) },
        { term: 'Protection', detail: protectionWords(selected.hsmPlatform, true) },
        { term: 'State', detail: KEY_STATE_WORDS[selected.state].meaning },
        { term: 'Origin', detail: <Origin detail={detail} /> },
        { term: 'Permitted operations', detail: selected.keyOps.join(', ') || 'none' },
        { term: 'Not before', detail: <Time value={selected.notBefore} none="not set" /> },
        { term: 'Expires', detail: <Time value={selected.expiresAt} none="never" /> },
        { term: 'Created', detail: <Time value={selected.createdAt} none={NOT_RECORDED} /> },
        { term: 'Updated', detail: <Time value={selected.updatedAt} none={NOT_RECORDED} /> },
        { term: 'Exportable', detail: <Exportable detail={detail} /> },
        { term: 'Recovery level', detail: selected.recoveryLevel ?? NOT_RECORDED },
        ...(detail.managed ? [{ term: 'Managed', detail: 'By a certificate of the same name in this vault.' }] : []),
      ]}
    />
  )
}

function Origin({ detail }: { detail: KeyDetail }) {
  const brought = detail.selected.import
  if (!brought) return ORIGIN_WORDS[detail.origin]
  return (
    <>
      {IMPORT_ORIGIN_WORDS[brought.origin].title}, import{' '}
      <TextLink href={routes.import(brought.id)}>{brought.reference}</TextLink>
    </>
  )
}

function Time({ value, none }: { value: string | null; none: string }) {
  return value ? <DateTime value={value} relative="inline" /> : <span className="text-text-muted">{none}</span>
}

function Exportable({ detail }: { detail: KeyDetail }) {
  const { exportable } = detail.selected
  if (!exportable) return exportable === null ? NOT_RECORDED : 'no'
  const policy = routes.keyPolicy(detail.connectionId, detail.name)
  return (
    <>
      yes, to an attested environment under its <TextLink href={policy}>release policy</TextLink>
    </>
  )
}
