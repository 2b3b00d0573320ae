import type { ReactNode } from 'react'
import type { ImportStatus } from '@/lib/domain/imports/status'
import type { ImportView } from '@/lib/domain/imports/views'
import { NEW_VERSION_CONSEQUENCES } from '@/lib/domain/preflight/name-state-check'
import { Banner } from '../ui/banner'
import type { Tone } from '../ui/tone'

type Next = { tone: Tone; title: string; words: (view: ImportView) => ReactNode }

const NEXT = {
  uploading: {
    tone: 'information',
    title: 'The blob is on its way to the vault.',
    words: () => 'This page shows the outcome by itself. You may leave it: nothing depends on it.',
  },
  indeterminate: {
    tone: 'attention',
    title: 'It is not known whether the blob reached the vault.',
    words: () =>
      'The vault is being asked for the version that carries this act’s tag. Until it has answered, nobody can import under this name. Do not send the file again.',
  },
  awaiting_review: {
    tone: 'good',
    title: 'The key is in the vault, disabled.',
    words: (view) => <Deciders view={view} />,
  },
  enabling: {
    tone: 'information',
    title: 'It is being enabled.',
    words: () => 'This page shows the outcome by itself.',
  },
  enabled: {
    tone: 'good',
    title: 'The key is enabled.',
    words: () => 'Another officer compared it with the ceremony record. Keep the record; the blob may be destroyed.',
  },
  rejecting: {
    tone: 'information',
    title: 'It is being rejected.',
    words: () => 'This page shows the outcome by itself.',
  },
  rejected: {
    tone: 'neutral',
    title: 'The import was rejected.',
    words: (view) =>
      view.createdName ? 'The key stays disabled.' : `The version stays disabled. ${NEW_VERSION_CONSEQUENCES}`,
  },
  substituted: {
    tone: 'danger',
    title: 'The key in the vault is not the key of the ceremony record.',
    words: () =>
      'It stays disabled and can’t be enabled. Find out whether the value was given wrongly or the blob was exchanged, before anything else crosses. A key that is right crosses by an import of its own.',
  },
  failed: {
    tone: 'danger',
    title: 'The import failed.',
    words: (view) => view.failureWords ?? 'The audit log says why.',
  },
} as const satisfies Record<ImportStatus, Next>

/** What happens next, and who is asked. */
export function WhatHappensNext({ view }: { view: ImportView }) {
  const { tone, title, words } = NEXT[view.status]
  return (
    <Banner tone={tone} title={title}>
      {words(view)}
    </Banner>
  )
}

function Deciders({ view }: { view: ImportView }) {
  const names = view.deciders.join(', ')
  return (
    <>
      {names ? `Asked to decide: ${names}.` : 'Nobody can decide it now: have an administrator name another approver.'}{' '}
      They compare the key with the ceremony record, then enable or reject it. Give them the public key file, its
      fingerprint or the key check value on paper or by another way than this console.
    </>
  )
}
