import { en } from './en.ts'
import { id, type Messages } from './id.ts'

export type Locale = 'id' | 'en'

const all: Readonly<Record<Locale, Messages>> = { id, en }

export const messagesFor = (locale: Locale): Messages => all[locale]

/** Of a visitor of whom no link tells the language: Indonesian, unless the browser asks for English first. */
export function localeAsked(acceptLanguage: string | undefined): Locale {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'id'
}
