// npm run generate: makes the database client from prisma/schema.prisma.
import { generateClient } from './lib/build.mjs'
import { runCommand } from './lib/problem.mjs'
import { step } from './lib/progress.mjs'

await runCommand(() => step('Generating the database client', generateClient))
