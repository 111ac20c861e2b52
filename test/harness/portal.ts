import { createRecipientChoices, createReportRecipients } from '@bina/clickhouse/report-recipients'
import { createUnitNames } from '@bina/clickhouse/unit-names'
import { createEventPublisher } from '@bina/kafka/event-publisher'
import { linkAddress } from '@bina/pipeline/links/link-address'
import { createLinkSigner, createLinkVerifier } from '@bina/pipeline/links/link-token'
import { createApp } from '@bina/portal/app'
import { createPerformDeed } from '@bina/portal/perform-deed'
import { createUnitLabels } from '@bina/portal/unit-labels'
import { createLogger } from '@bina/runtime/logger'
import { createMetrics } from '@bina/runtime/metrics'
import type { TestCity } from './city.ts'

export const linkSecret = 'the-secret-of-the-links-of-a-test-city'

/** The real portal on a free port, before the city's Kafka and ClickHouse. */
export async function openPortal(city: TestCity, clock: () => number) {
  const log = createLogger({ service: 'test', level: 'silent' })
  const sign = createLinkSigner(linkSecret)
  const place = { url: 'http://not-listening-yet' }
  const app = createApp(
    { requestsAMinute: 10_000, trustedProxies: [] },
    {
      verify: createLinkVerifier({ current: linkSecret }),
      addressOf: (claim) => linkAddress(place.url, claim, sign),
      perform: createPerformDeed(
        { timeoutMs: 30_000 },
        {
          publish: createEventPublisher(city.publisher, { topicPrefix: city.topicPrefix }).publish,
          choices: createRecipientChoices(city.clickhouse),
          clock,
        },
      ),
      unitName: createUnitLabels({ timeoutMs: 30_000 }, { names: createUnitNames(city.clickhouse), log }),
      stepText: () => undefined,
      contact: 'organisasi@palembang.example',
      zone: city.zone,
      clock,
      metrics: createMetrics({ processMetrics: false }),
      log,
    },
  )
  place.url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: place.url,
    choices: createReportRecipients(city.clickhouse).choices,
    close: () => app.close(),
  }
}
