import 'server-only'
import { headers } from 'next/headers'
import type { z } from 'zod'
import type { OpenAction } from '@/lib/domain/actions/action-result'
import { ADDRESS_HEADER } from './doors/client-address'
import { type OpenActionDefinition, performOpenAction } from './doors/perform-open-action'
import { env } from './env'
import { runtimeContext } from './runtime'

/** The door for whoever has no session yet: an invitation is all there is of it. Everything else goes by `action.ts`. */
export function defineOpenAction<Schema extends z.ZodType, Output>(
  definition: OpenActionDefinition<Schema, Output>,
): OpenAction<z.input<Schema>, Output> {
  return async (input) => {
    const sent = await headers()
    const request = {
      origin: sent.get('origin'),
      secFetchSite: sent.get('sec-fetch-site'),
      publicUrl: env().publicUrl,
      address: sent.get(ADDRESS_HEADER) ?? 'unknown',
    }
    return performOpenAction(runtimeContext(), definition, request, input)
  }
}
