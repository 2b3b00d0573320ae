import 'server-only'
import { z } from 'zod'

/** A public JWK as it stands in a column: text members only. */
export const jwkSchema = z.record(z.string(), z.string())
