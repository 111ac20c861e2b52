import { topicName } from '@bina/events/topics'
import type { TouchPublisher } from '@bina/pipeline/ports/touch-publisher'
import { encodeTouched, encodeTouchedUnits } from '@bina/pipeline/score/touched-message'
import type { MessagePublisher } from './message-publisher.ts'

/** Touches go by bucket: a key that the partitioner maps, so that one entity or unit always meets one partition. */
export function createTouchPublisher(
  publisher: Pick<MessagePublisher, 'publish'>,
  config: { readonly topicPrefix: string },
): TouchPublisher {
  const touchedTopic = topicName(config.topicPrefix, 'bina.touched.v1')
  const touchedUnitTopic = topicName(config.topicPrefix, 'bina.touched-unit.v1')
  return {
    touch: (touched) =>
      publisher.publish(encodeTouched(touched).map((message) => ({ topic: touchedTopic, ...message }))),
    touchUnits: (units) =>
      publisher.publish(encodeTouchedUnits(units).map((message) => ({ topic: touchedUnitTopic, ...message }))),
  }
}
