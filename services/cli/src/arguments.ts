import { InvalidArgumentError } from 'commander'

/** A whole number of an option or argument. */
export const whole = (min: number, max: number) => (text: string) => {
  const number = Number(text)
  if (!Number.isInteger(number) || number < min || number > max)
    throw new InvalidArgumentError(`expected a whole number from ${min} to ${max}.`)
  return number
}

/** One word of these. */
export const oneOf =
  (...choices: readonly string[]) =>
  (text: string) => {
    if (!choices.includes(text)) throw new InvalidArgumentError(`expected ${choices.join(' or ')}.`)
    return text
  }

export const sizes = (text: string) => text.split(',').map(whole(1, 100_000_000))

/** `1000:2000`: from one number up to another. */
export const partOf = (text: string) => {
  const [from = 0, to = 0] = text.split(':').map(whole(0, 100_000_000))
  return { from, to }
}

/** An option that may be given several times. */
export const several = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value]

/** What a word stands for; one of the words of `words`. */
export const oneNamed =
  <T>(words: Readonly<Record<string, T>>) =>
  (text: string): T => {
    const found = Object.entries(words).find(([word]) => word === text)
    if (found === undefined) throw new InvalidArgumentError(`expected ${Object.keys(words).join(' or ')}.`)
    return found[1]
  }
