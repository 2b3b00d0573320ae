import type { ActTarget } from './version-act-dialog'

const STOPS = 'encrypt, decrypt, sign, verify, wrap, unwrap and release'

export function DisableConsequence({ target }: { target: ActTarget }) {
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>
        The vault refuses {STOPS} with exactly this version from the next call on. Whatever depends on it stops: data
        wrapped under it can’t be opened, services that sign with it fail.
      </p>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>
          {target.isLatest
            ? 'It is the latest version: clients that name no version get it, and are refused too.'
            : 'It is not the latest version: clients that name no version are not affected.'}
        </li>
        {target.isKek ? <li>It is a KEK: transfer blobs made for it can’t be imported any more.</li> : null}
        <li>Reading, listing, updating and deleting it still work.</li>
        <li>You can do this alone. Enabling it again is a review that somebody else decides.</li>
      </ul>
    </div>
  )
}

export function CompromisedConsequence({ target }: { target: ActTarget }) {
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>
        The mark stops nothing by itself{target.enabled ? ': the version stays enabled' : ''}. From now on nobody can
        enable this version here, and every list shows it as compromised. Microsoft’s order for a compromised key:
      </p>
      <ol className="flex list-decimal flex-col gap-1 pl-5">
        <li>
          <strong className="font-semibold">Contain</strong>: take the access to the key away from whoever should not
          have it.
        </li>
        <li>
          <strong className="font-semibold">Replace</strong>: create or import a new key.
        </li>
        <li>
          <strong className="font-semibold">Migrate</strong>: wrap, encrypt and sign anew with the new key, and point
          every service at it.
        </li>
        <li>
          <strong className="font-semibold">Only then disable</strong>: from that moment {STOPS} are refused, and what
          was not migrated can’t be opened.
        </li>
      </ol>
      <p>One person marks it; taking the mark away needs two.</p>
    </div>
  )
}

export function EnableConsequence() {
  return (
    <p className="text-sm">
      You ask; another officer decides. They see your reason and the facts of exactly this version, fetched afresh from
      the vault. Until then it stays disabled.
    </p>
  )
}

export function UnmarkConsequence() {
  return (
    <p className="text-sm">
      You propose; an approver other than you, and other than who imported this version, confirms. The record keeps the
      mark and why it went. The version stays as it is: a disabled one is enabled by a review of its own.
    </p>
  )
}
