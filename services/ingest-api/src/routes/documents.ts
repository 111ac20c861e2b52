import { parseEventType } from '@bina/events/event-data'
import { jsonSchemaOf } from '@bina/events/json-schema'
import type { FastifyInstance } from 'fastify'
import { openApi } from '../open-api.ts'
import { ProblemError } from '../problem.ts'

export interface DocumentRouteDeps {
  /** The AsyncAPI document of the topics, as JSON text. */
  readonly asyncApi: () => string
}

/** The contract as machines read it. */
export function documentRoutes(app: FastifyInstance, deps: DocumentRouteDeps): void {
  app.get('/openapi.json', async () => openApi())
  app.get('/asyncapi.json', async (_, reply) => reply.type('application/json').send(deps.asyncApi()))
  app.get<{ Params: { file: string } }>('/schemas/:file', async (request, reply) => {
    const [, name = ''] = /^(.*)\.json$/.exec(request.params.file) ?? []
    const type = parseEventType(name)
    if (type === undefined) throw new ProblemError('not_found', 'Schemas are at /schemas/<event type>.json.')
    return reply.type('application/schema+json').send(JSON.stringify(jsonSchemaOf(type)))
  })
}
