import type { KeyDetail } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { Badge } from '../ui/badge'
import { CopyButton } from '../ui/copy-button'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { CompromisedBadge, KeyStateBadge, UnderReviewBadge } from './key-state-badge'
import { isWithheld, shortVersion } from './version-words'

/** Every version, newest first; the one looked at is marked. */
export function VersionTable({ detail }: { detail: KeyDetail }) {
  return (
    <Table
      label="Versions"
      head={
        <>
          <Th>Version</Th>
          <Th>State</Th>
          <Th>Created</Th>
          <Th>Expires</Th>
        </>
      }
    >
      {detail.versions.map((version) => (
        <Row key={version.version} selected={version.version === detail.selected.version}>
          <RowHeader>
            <span className="flex items-center gap-1">
              <TextLink quiet href={routes.key(detail.connectionId, detail.name, version.version)}>
                <code className="font-mono">{shortVersion(version.version)}</code>
              </TextLink>
              <CopyButton value={version.kid} label={`Copy id of version ${version.version}`} />
              {version.isLatest ? (
                <Badge tone="neutral" shape="check">
                  Latest
                </Badge>
              ) : null}
            </span>
          </RowHeader>
          <Td>
            <span className="flex flex-col items-start gap-0.5">
              <KeyStateBadge state={version.state} />
              {isWithheld(version) ? <UnderReviewBadge /> : null}
              {version.compromised ? <CompromisedBadge /> : null}
            </span>
          </Td>
          <Td>{version.createdAt ? <DateTime value={version.createdAt} relative="none" /> : 'not recorded'}</Td>
          <Td>{version.expiresAt ? <DateTime value={version.expiresAt} relative="none" /> : 'never'}</Td>
        </Row>
      ))}
    </Table>
  )
}
