import { z } from 'zod'
import { parseInstant } from './instant.ts'

// The patterns are shared by the schemas here, which make the published documents, and by the hand-written check of
// check-attributes.ts, which is the one that runs: a property test holds the two to the same answers.

/** 1 to 128 characters, none a control character or half a surrogate pair: those have no place in a CloudEvents string. */
export const eventIdPattern = /^[^\p{Cc}\p{Cs}]{1,128}$/u

export const maxSourceLength = 256

// RFC 3986, appendix A. Each class excludes what may follow it, so matching takes linear time.
const plainCharacter = "[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2}"
const authority = `(?:(?:${plainCharacter}|:)*@)?(?:\\[[0-9A-Fa-fv.:]+\\]|(?:${plainCharacter})*)(?::\\d*)?`
const path = `(?:${plainCharacter}|[:@/])*`
const tail = `(?:${plainCharacter}|[:@/?])*`
const scheme = '[A-Za-z][A-Za-z0-9+.-]*:'
const afterScheme = `(?://${authority}(?:/${path})?|(?!//)${path})(?:\\?${tail})?(?:#${tail})?$`

/** A URI reference that is not empty; without a scheme its first segment has no colon. */
export const sourcePattern = new RegExp(`^(?!$)(?:${scheme}|(?![^/?#]*:))${afterScheme}`)

// Headers are not counted in a message's size, so what they hold is bounded here.
export const maxDataschemaLength = 2048

/** A URI: with a scheme. */
export const dataschemaPattern = new RegExp(`^${scheme}${afterScheme}`)

export const subjectPattern = /^[A-Za-z0-9._:/-]{1,64}$/

/** UTF-8 is what JSON is, so publishers that say so are taken at their word; any other charset is refused. */
export const datacontenttypePattern = /^application\/json(?: *; *charset="?utf-8"?)?$/i

export const eventId = z
  .string()
  .refine((id) => eventIdPattern.test(id), { error: '1 to 128 characters, none a control character' })
  .meta({ minLength: 1, maxLength: 128 })

/** The attributes of an accepted CloudEvent. Others may stand beside them and are passed over. */
export const envelopeSchema = z.looseObject({
  specversion: z.literal('1.0'),
  id: eventId.meta({ description: 'Unique within source: (source, id) is the identity, a repeat is a duplicate.' }),
  source: z
    .string()
    .max(maxSourceLength)
    .refine((uri) => sourcePattern.test(uri), { error: 'a URI reference of at most 256 characters' })
    .meta({ format: 'uri-reference', minLength: 1, description: 'The publishing system.' }),
  type: z.string().min(1),
  subject: z
    .string()
    .regex(subjectPattern, { error: 'a unit id or complaint id: 1 to 64 of A-Z a-z 0-9 . _ : / -' })
    .meta({ description: 'The entity: unit id, or complaint id for complaint and resolution events.' }),
  time: z
    .string()
    .refine((text) => parseInstant(text) !== undefined, { error: 'RFC 3339 with an offset, from 1970 on' })
    .meta({ format: 'date-time', description: 'RFC 3339 with an offset: when it happened in the world.' }),
  // JSON's null is CloudEvents' way to say that an attribute is not set.
  datacontenttype: z
    .string()
    .refine((text) => datacontenttypePattern.test(text), { error: 'absent or application/json' })
    .nullish()
    .meta({ description: 'Absent or application/json.' }),
  dataschema: z
    .string()
    .max(maxDataschemaLength)
    .refine((uri) => dataschemaPattern.test(uri), { error: 'an absolute URI' })
    .meta({ format: 'uri' })
    .nullish(),
  supersedes: eventId.nullish().meta({ description: 'The id (same source) of the event that this one replaces.' }),
})
