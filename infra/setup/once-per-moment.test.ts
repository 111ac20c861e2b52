import { expect, test } from 'vitest'
import { createOncePerMoment } from './once-per-moment.mjs'

test('Ctrl-C that comes from the terminal and from npm is one wish, pressed again it is a second', () => {
  const isNew = createOncePerMoment(500)
  expect([0, 3, 499, 500, 501, 2_000].map((nowMs) => isNew('SIGINT', nowMs))).toEqual([
    true,
    false,
    false,
    true,
    false,
    true,
  ])
})

test('another signal is another wish', () => {
  const isNew = createOncePerMoment(500)
  expect([isNew('SIGINT', 0), isNew('SIGTERM', 1)]).toEqual([true, true])
})
