import { azVaultArgument, shellWord } from '@/lib/client/import/as-code'
import type { ConnectionKind } from '@/lib/domain/connections/kind'
import type { KeyDetail } from '@/lib/domain/keys/views'
import { CodeBlock } from '../ui/code-block'
import { isWithheld } from './version-words'

const API_VERSION = '7.6'

type KeyAsCodeProps = { detail: KeyDetail; kind: ConnectionKind }

/** The same reading and stopping past this console, on the command line and as REST. */
export function KeyAsCode({ detail, kind }: KeyAsCodeProps) {
  const { selected } = detail
  const at = azVaultArgument({ url: detail.vaultUrl, kind })
  const url = `${detail.vaultUrl}/keys/${detail.name}/${selected.version}?api-version=${API_VERSION}`
  return (
    <div className="flex flex-col gap-3 text-sm">
      {at ? (
        <CodeBlock shell code={azCommands(at, detail)} label="Copy the az commands" />
      ) : (
        <p className="text-text-muted">
          az can’t reach this vault: it insists on https and on the cloud’s own addresses. REST can:
        </p>
      )}
      <CodeBlock code={restCalls(url)} label="Copy the REST calls" />
    </div>
  )
}

function azCommands(at: string, { name, selected }: KeyDetail): string {
  const which = `${at} --name ${shellWord(name)} --version ${selected.version}`
  const only = isWithheld(selected) ? ' --query attributes' : ''
  return [
    '# read this version',
    `az keyvault key show ${which}${only}`,
    '# disable it',
    `az keyvault key set-attributes ${which} --enabled false`,
  ].join('\n')
}

function restCalls(url: string): string {
  return [
    `GET ${url}`,
    'Authorization: Bearer <token>',
    '',
    `PATCH ${url}`,
    'Authorization: Bearer <token>',
    'Content-Type: application/json',
    '',
    '{"attributes":{"enabled":false}}',
  ].join('\n')
}
