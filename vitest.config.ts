import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const root = fileURLToPath(new URL('.', import.meta.url))
const alias = {
  '@': root.replace(/\/$/, ''),
  // `server-only` throws outside a React server bundle; under test its marker has nothing to guard.
  'server-only': `${root}lib/testing/server-only-marker.ts`,
}

/** What takes minutes, most of them waiting, begins first: beside it everything else is done. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => /\/(?:nth-|lifecycle|nothing-stays|corpus)[^/]*$/.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

/** unit: pure and fast, part of `npm run check`. integration: real database, local vault, token. consoles: three built ones behind nginx. */
export default defineConfig({
  resolve: { alias },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'components/**/*.test.tsx', 'scripts/**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', '**/*.consoles.test.ts', '**/node_modules/**'],
          environment: 'node',
          // Left alone, Vitest keeps one processor free: of two that is half, and nothing else runs meanwhile.
          maxWorkers: Math.max(2, availableParallelism() - 1),
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'integration',
          include: ['lib/**/*.integration.test.ts', 'scripts/**/*.integration.test.ts'],
          environment: 'node',
          // One PostgreSQL for the run; TEST_POSTGRES=debian takes Debian's 15 instead of the embedded one.
          globalSetup: ['lib/testing/database/cluster-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Much of it waits: three fill two processors.
          maxWorkers: 3,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'consoles',
          include: ['scripts/consoles/**/*.consoles.test.ts'],
          environment: 'node',
          // One build, made once; each file starts its own three consoles, so one file at a time.
          globalSetup: ['scripts/consoles/prepare.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
        },
      },
    ],
  },
})
