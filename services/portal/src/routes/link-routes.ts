import { linkPaths } from '@bina/pipeline/links/link-address'
import { type LinkClaim, type LinkPurpose, linkPurposes } from '@bina/pipeline/links/link-claim'
import type { Counter } from '@bina/runtime/metrics'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Deed } from '../deeds/deed.ts'
import { deedKinds } from '../deeds/deed-kinds.ts'
import { createOpenLink, type OpenLinkDeps } from '../open-link.ts'
import { type Answer, sendPage } from '../send-page.ts'

export interface LinkRouteDeps extends OpenLinkDeps {
  readonly perform: (claim: LinkClaim, deed: Deed) => Promise<void>
  readonly addressOf: (claim: LinkClaim) => string
  /** Labels: purpose, outcome. */
  readonly deeds: Counter
  readonly failed: (error: unknown, request: FastifyRequest, purpose: LinkPurpose) => void
}

type LinkRequest = FastifyRequest<{ Params: { token: string } }>

const retryAfterSeconds = 60

/** A page for each purpose. GET shows it and changes nothing, since mail scanners follow links; POST does what its button says. */
export function linkRoutes(app: FastifyInstance, deps: LinkRouteDeps): void {
  for (const purpose of linkPurposes) linkRoute(app, purpose, deps)
}

function linkRoute<P extends LinkPurpose>(app: FastifyInstance, purpose: P, deps: LinkRouteDeps): void {
  const kind = deedKinds[purpose]
  const openLink = createOpenLink(purpose, kind, deps)
  const url = `${linkPaths[purpose]}/:token`

  app.get(url, async (request: LinkRequest, reply) => {
    const opened = await openLink(request)
    return sendPage(reply, opened.kind === 'page' ? opened : { status: 200, view: opened.link.pages.ask() })
  })

  app.post(url, async (request: LinkRequest, reply) => {
    const answer = await press(request)
    deps.deeds.inc({ purpose, outcome: answer.outcome })
    return sendPage(reply, answer)
  })

  async function press(request: LinkRequest): Promise<Answer & { readonly outcome: string }> {
    const opened = await openLink(request)
    if (opened.kind === 'page') return { ...opened, outcome: 'refused' }
    const { claim, context, pages } = opened.link
    const { problem } = context.words
    const fields = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    // One click on a mail client's own button is to be enough to unsubscribe (RFC 8058). All else wants the button of the page, so that
    // a machine that posts to whatever it finds does nothing.
    if (purpose !== 'unsubscribe' && fields.get('intent') !== purpose) {
      const error = { heading: problem.pressHeading, text: problem.press }
      return { status: 422, view: pages.ask(error), outcome: 'incomplete' }
    }
    const choice = kind.choice?.(claim, context)
    const chosen = choice?.options.find(({ value }) => value === fields.get(choice.name))?.value ?? ''
    if (choice !== undefined && chosen === '') {
      const error = { heading: problem.choiceHeading, text: choice.missing, field: choice.name }
      return { status: 422, view: pages.ask(error), outcome: 'incomplete' }
    }
    try {
      await deps.perform(claim, kind.deed(claim, chosen, context))
    } catch (error) {
      deps.failed(error, request, purpose)
      const said = { heading: problem.awayHeading, text: problem.away }
      return { status: 503, view: pages.ask(said, chosen), retryAfterSeconds, outcome: 'unavailable' }
    }
    const next = kind.next?.(claim, context)
    const link = next === undefined ? undefined : { text: next.text, url: deps.addressOf(next.claim) }
    return { status: 200, view: pages.thanks(link), outcome: 'recorded' }
  }
}
