'use client'

import { useFollowLink } from '../ui/follow-link'
import { Shape, type ShapeName } from '../ui/shape'
import { useStatus } from './status-store'
import type { Status, VaultState } from './types'

type Look = { shape: ShapeName; colour: string; words: string }

const looks = {
  answering: { shape: 'circle', colour: 'text-good', words: 'answering' },
  'not-answering': { shape: 'cross', colour: 'text-danger', words: 'not answering' },
  'not-known': { shape: 'ring', colour: 'text-text-muted', words: 'not known yet' },
  'not-activated': { shape: 'half', colour: 'text-attention', words: 'not activated' },
} satisfies Record<VaultState, Look>

/** Each vault with a mark and a word for how it was last seen. */
export function VaultDots({ href, status }: { href: string; status: Status }) {
  const { vaults } = useStatus(status)
  const follow = useFollowLink()
  if (vaults.length === 0) return null
  return (
    <section aria-label="Vault health" className="flex flex-col gap-1">
      <h2 className="px-2.5 font-medium text-text-muted text-xs">Vaults</h2>
      <ul>
        {vaults.map((vault) => {
          const look = looks[vault.state]
          return (
            <li key={vault.id}>
              <a href={href} onClick={follow} className="flex gap-2.5 rounded px-2.5 py-1 hover:bg-sunken">
                <Shape name={look.shape} className={`mx-0.5 mt-1 ${look.colour}`} />
                <span className="flex min-w-0 flex-col">
                  <span className="break-words text-table">{vault.name}</span>
                  <span className={`text-xs ${vault.state === 'answering' ? 'text-text-muted' : look.colour}`}>
                    {look.words}
                  </span>
                </span>
              </a>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
