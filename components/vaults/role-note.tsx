import type { ReactNode } from 'react'
import { type ConnectionKind, KIND_FACTS } from '@/lib/domain/connections/kind'
import { CodeBlock } from '../ui/code-block'

const COMMANDS = {
  azure_key_vault: `az role assignment create \\
  --role "${KIND_FACTS.azure_key_vault.importRole}" \\
  --assignee <client id> --scope <resource id of the vault>`,
  azure_managed_hsm: `az keyvault role assignment create --hsm-name <name> \\
  --role "${KIND_FACTS.azure_managed_hsm.importRole}" \\
  --assignee <client id> --scope /keys`,
} as const satisfies Record<ConnectionKind, string>

const WHY_NOT = {
  azure_key_vault: 'uses keys, but can neither create nor import nor delete one',
  azure_managed_hsm: 'manages roles and purges deleted keys, but can neither create nor import one',
} as const satisfies Record<ConnectionKind, string>

/** The role that the connection's identity needs at the vault: on the two products the names are reversed. */
export function RoleNote({ kind }: { kind: ConnectionKind }) {
  const { importRole, notTheImportRole, label } = KIND_FACTS[kind]
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className="max-w-prose">
        At {label}, the identity needs the role <Role>{importRole}</Role>. Not <Role>{notTheImportRole}</Role>: that one{' '}
        {WHY_NOT[kind]}. On the other product the two names mean the reverse.
      </p>
      <CodeBlock shell code={COMMANDS[kind]} label="Copy the role assignment command" />
      {kind === 'azure_managed_hsm' ? (
        <p className="max-w-prose text-text-muted">
          Without <Role>{notTheImportRole}</Role> the HSM refuses to list deleted keys. Drawbridge works without it, and
          shows that as refused.
        </p>
      ) : null}
    </div>
  )
}

function Role({ children }: { children: ReactNode }) {
  return <strong className="whitespace-nowrap font-semibold">{children}</strong>
}
