import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ConfigError, metaOf, readConfig, variable } from './config.ts'
import { wholeNumber } from './variables.ts'

const schema = z.object({
  CITY: variable(z.string({ error: 'expected the name of a city' }), { summary: 'Which city.', example: 'Palembang' }),
  WEEKS: variable(wholeNumber(1, 52).default(26), { summary: 'How many weeks.', example: '26' }),
  TOKEN: variable(z.string().min(8, 'expected at least 8 characters').optional(), {
    summary: 'Lets us in.',
    example: 'CHANGEME',
    secret: true,
  }),
})

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bina-config-'))
  await writeFile(join(dir, 'token'), '  a-long-secret\n')
  await writeFile(join(dir, 'short'), 'tiny')
})
afterAll(() => rm(dir, { recursive: true }))

const problemsOf = (env: Record<string, string>) => {
  try {
    readConfig(schema, env)
  } catch (error) {
    if (error instanceof ConfigError) return error
  }
  return expect.unreachable('the configuration was taken')
}

describe('the configuration of a service', () => {
  it('is read with its defaults, and nobody can change it', () => {
    const config = readConfig(schema, { CITY: 'Palembang', SOMETHING_ELSE: 'x' })
    expect(config).toEqual({ CITY: 'Palembang', WEEKS: 26 })
    expect(Object.isFrozen(config)).toBe(true)
  })

  it('is refused with every problem at once: the name, what was expected, what came, and an example', () => {
    const error = problemsOf({ WEEKS: '53', TOKEN: 'tiny' })
    expect(error).toMatchObject({ code: 'CONFIG_INVALID', name: 'ConfigError' })
    expect(error.problems).toEqual([
      'CITY: expected the name of a city (it is not set). Which city. Example: CITY=Palembang',
      'WEEKS: expected a whole number from 1 to 52 (got "53"). How many weeks. Example: WEEKS=26',
      'TOKEN: expected at least 8 characters (the value given is not shown). Lets us in. Example: TOKEN=CHANGEME',
    ])
    expect(error.message).toBe(`The configuration has 3 problems:\n  ${error.problems.join('\n  ')}`)
    expect(problemsOf({}).message).toMatch(/^The configuration has 1 problem:/)
  })

  it('takes a variable that is set to nothing, or to blanks, for one that is not set', () => {
    expect(readConfig(schema, { CITY: 'Palembang', WEEKS: '', TOKEN: '  ' })).toEqual({ CITY: 'Palembang', WEEKS: 26 })
    expect(problemsOf({ CITY: ' ' }).problems[0]).toContain('it is not set')
  })
})

describe('a secret', () => {
  it('may lie in a file, whose last line end does not belong to it', () => {
    expect(readConfig(schema, { CITY: 'P', TOKEN_FILE: join(dir, 'token') }).TOKEN).toBe('a-long-secret')
  })

  it('that is set stands before its file', () => {
    expect(readConfig(schema, { CITY: 'P', TOKEN: 'set-directly', TOKEN_FILE: '/nowhere' }).TOKEN).toBe('set-directly')
  })

  it('whose file cannot be read is told once, with the file and how to mend it, beside all other problems', () => {
    expect(problemsOf({ WEEKS: '0', TOKEN_FILE: join(dir, 'gone') }).problems.toSorted()).toEqual([
      'CITY: expected the name of a city (it is not set). Which city. Example: CITY=Palembang',
      `TOKEN_FILE: the file ${join(dir, 'gone')} cannot be read (ENOENT). Put the secret there, or set TOKEN.`,
      'WEEKS: expected a whole number from 1 to 52 (got "0"). How many weeks. Example: WEEKS=26',
    ])
  })

  it('that a service cannot do without is told once, though it is missing because of its file', () => {
    const needed = z.object({ KEYS: variable(z.string(), { summary: 'Who may.', example: '[]', secret: true }) })
    expect(() => readConfig(needed, { KEYS_FILE: join(dir, 'gone') })).toThrow(
      /^The configuration has 1 problem:\n {2}KEYS_FILE: /,
    )
  })

  it('is in no text of a problem, wherever it came from', () => {
    expect(problemsOf({ CITY: 'P', TOKEN_FILE: join(dir, 'short') }).message).not.toContain('tiny')
  })

  it('alone may lie in a file: what is no secret is not looked for there', () => {
    expect(problemsOf({ CITY_FILE: join(dir, 'token') }).problems).toHaveLength(1)
  })
})

it('lets no variable be without a summary and an example, since documents are made of them', () => {
  expect(() => metaOf(z.string())).toThrow('no summary')
  expect(metaOf(schema.shape.CITY)).toEqual({ summary: 'Which city.', example: 'Palembang', secret: false })
})
