import type { DeedKind } from './deed.ts'

/** A recipient wants no more copies. */
export const unsubscribe: DeedKind<'unsubscribe'> = {
  words: ({ report }, { words: { unsubscribe, unsubscribeCopies }, unitName }) => {
    const words = report === 'copies' ? { ...unsubscribe, ...unsubscribeCopies } : unsubscribe
    return {
      title: words.title,
      lead: [words.lead(unitName)],
      button: words.button,
      notes: [],
      thanks: { title: words.thanksTitle, text: [words.thanks, words.mistake] },
    }
  },
  deed: () => ({ kind: 'unsubscribe' }),
}

/** An address that was added wants to be written to. */
export const confirmRecipient: DeedKind<'confirm_recipient'> = {
  words: (_, { words: { confirm_recipient: words }, unitName }) => ({
    title: words.title,
    lead: [words.lead(unitName)],
    button: words.button,
    notes: [],
    thanks: { title: words.thanksTitle, text: [words.thanks] },
  }),
  deed: () => ({ kind: 'confirm' }),
}
