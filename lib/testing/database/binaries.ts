import { debianBinaries, embeddedBinaries } from '../../../scripts/lib/postgres-binaries.mjs'

/** Which PostgreSQL the tests run on: the embedded one, or Debian's by TEST_POSTGRES=debian. */
export function binaries() {
  if (process.env.TEST_POSTGRES !== 'debian') return embeddedBinaries()
  const found = debianBinaries()
  if (!found) throw new Error('TEST_POSTGRES=debian, but /usr/lib/postgresql/15 is not installed')
  return found
}
