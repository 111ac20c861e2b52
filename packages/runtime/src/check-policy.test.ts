import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkPolicy } from './check-policy.ts'
import { copyPolicy } from './test-policy-copy.ts'

const policyDir = new URL('../../../policy/', import.meta.url).pathname
const lineIn = async (dir: string, file: string, text: string, nth = 1) => {
  const lines = (await readFile(join(dir, file), 'utf8')).split('\n')
  let left = nth
  return lines.findIndex((line) => line.includes(text) && --left === 0) + 1
}

describe('a look through the rules of the city', () => {
  it('finds nothing wrong and no file that was changed under an old name, and lists what is not settled', async () => {
    const { version, problems, warnings, unsettled } = await checkPolicy(policyDir, 2026)
    expect([version, problems]).toEqual(['v2', []])
    // When this fails: a file of policy/ says something new. The message says which line to write into version.yaml.
    expect(warnings.filter(({ message }) => message.includes('was changed')).map(({ next }) => next)).toEqual([])
    expect(warnings.map(({ message }) => message)).toEqual([
      '2025: holidays and joint leave are unconfirmed',
      '2025: the dates of Ramadan are unconfirmed',
      '2026: the dates of Ramadan are unconfirmed',
      '2027: holidays and joint leave are provisional',
      '2027: no dates of Ramadan',
    ])
    expect(unsettled.filter(({ status }) => status === 'provisional')).toEqual([
      {
        file: 'calendar.yaml',
        line: await lineIn(policyDir, 'calendar.yaml', 'validFrom: 2027-01-01'),
        path: 'daysOff.2',
        status: 'provisional',
        basis: 'Dates that are the same every year; the decree for 2027 is not out',
      },
    ])
    expect(unsettled.map(({ file, path }) => `${file} ${path}`)).toContain('attendance.yaml toleranceMinutes.0')
  })

  it('warns of each year to come that has no decree', async () => {
    const { warnings } = await checkPolicy(policyDir, 2028)
    expect(warnings.map(({ message }) => message)).toContain('2028: no decree on holidays and joint leave')
    expect(warnings.map(({ message }) => message)).toContain('2029: no decree on holidays and joint leave')
    expect(warnings[0]?.line).toBe((await lineIn(policyDir, 'calendar.yaml', 'daysOff:')) + 1)
  })
})

describe('a look through changed rules', () => {
  let copy: Awaited<ReturnType<typeof copyPolicy>>
  let dir: string
  beforeEach(async () => {
    copy = await copyPolicy(policyDir)
    dir = copy.dir
  })
  afterEach(() => copy.remove())
  const replace = (file: string, from: string, to: string) => copy.replace(file, from, to)

  it('warns of a file that says something new under the old version, until version.yaml names it', async () => {
    await replace('deadlines.yaml', 'ordinary: 14', 'ordinary: 10')
    const { problems, warnings } = await checkPolicy(dir, 2026)
    const [changed] = warnings
    expect([problems, changed?.file, changed?.message]).toEqual([
      [],
      'deadlines.yaml',
      'was changed, but its version is still v2',
    ])
    const line = /contents: .*$/.exec(changed?.next ?? '')?.[0] ?? ''
    await replace('version.yaml', 'version: v2', 'version: v3')
    expect((await checkPolicy(dir, 2026)).problems).toMatchObject([
      { file: 'version.yaml', path: 'history', message: 'expected the present version as the last one' },
    ])
    await writeFile(
      join(dir, 'version.yaml'),
      `${await readFile(join(dir, 'version.yaml'), 'utf8')}  - version: v3\n    ${line}\n`,
    )
    const settled = await checkPolicy(dir, 2026)
    expect(settled.version).toBe('v3')
    expect(settled.warnings.filter(({ message }) => message.includes('was changed'))).toEqual([])
  })

  it('does not mind a comment', async () => {
    await replace('deadlines.yaml', 'classWorkingDays:', '# A remark.\nclassWorkingDays:')
    const { warnings } = await checkPolicy(dir, 2026)
    expect(warnings.filter(({ file }) => file === 'deadlines.yaml')).toEqual([])
  })

  it('refuses an overlap that is not marked and a day without a rule, and says where and what to do', async () => {
    await replace('calendar.yaml', '      overlay: true\n', '')
    await replace('scoring.yaml', '    validTo: 2025-12-31\n', '    validTo: 2025-12-30\n')
    const { version, problems } = await checkPolicy(dir, 2026)
    expect(version).toBeUndefined()
    expect(
      problems.map(({ file, line, path, message }) => `${file}:${line} ${path} ${message.replace(/:.*/, '')}`),
    ).toEqual([
      `calendar.yaml:${await lineIn(dir, 'calendar.yaml', 'validFrom: 2019-09-24')} profiles.office_5d.2.validFrom overlaps the entry of 0001-01-01`,
      `scoring.yaml:${(await lineIn(dir, 'scoring.yaml', 'personCorrelation:')) + 1} personCorrelation no entry is in force on 2025-12-31`,
    ])
    expect(problems.map(({ next }) => next)).toEqual([
      'Set validTo of the earlier entry, or mark the temporary one.',
      'Add an entry of personCorrelation for that day, or let the one before it last until then.',
    ])
  })

  it('refuses a list of steps that leaves a focus without any, or speaks of people, and says where', async () => {
    await replace('actions.yaml', 'Atur giliran pembuka loket', 'Atur petugas malas pembuka loket')
    await replace('actions.yaml', 'focus: [full_day]', 'focus: [on_time]')
    const { version, problems } = await checkPolicy(dir, 2026)
    expect(version).toBeUndefined()
    const list = await lineIn(dir, 'actions.yaml', '  - code: morning_look')
    expect(problems.map(({ file, line, message }) => `${file}:${line} ${message}`)).toEqual([
      `actions.yaml:${await lineIn(dir, 'actions.yaml', 'Atur petugas malas')} 'malas' may not stand in a note: say it of the task`,
      ...['kelurahan', 'kecamatan', 'upt'].map(
        (type) => `actions.yaml:${list} full_day has 2 steps for a ${type}: expected at least 3`,
      ),
    ])
    expect(problems.at(-1)?.next).toContain('Add steps for it')
  })

  it('says that a folder without rules has none', async () => {
    const { problems } = await checkPolicy(join(dir, 'nowhere'), 2026)
    expect(problems).toHaveLength(6)
    expect(problems[0]?.next).toBe('Put the file there, or name the right folder with --dir.')
  })
})
