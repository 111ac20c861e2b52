import { describe, expect, test } from 'vitest'
import { forbiddenWords } from './data/forbidden-words.ts'
import { messagesFor } from './messages/messages-for.ts'
import { lintWording } from './wording-lint.ts'

const rules = (text: string, locale: 'id' | 'en' = 'id') =>
  lintWording(text, locale).map((f) => `${f.rule}: ${f.found}`)

test('an address is no wording, whatever stands in it', () => {
  expect(rules('Tenggat Selasa, 13 Februari https://lapor.example/a/terburuk?x=6%41 hari ini')).toEqual([])
})

describe('words that no report may hold', () => {
  test.each([
    'Unit ini berada di peringkat 3.',
    'Pemeringkatan minggu ini',
    'Kelurahan terburuk',
    'Saudara lalai',
    'Petugas malas',
    'Akan ada sanksi.',
    'teguran tertulis',
    'TPP dipotong',
    'Petugas loket ketus',
    'pelayanan yang berbelit-belit',
    'Sdr. Budi',
    'pegawai teladan',
  ])('"%s" is flagged', (text) => {
    expect(rules(text)).not.toEqual([])
  })

  test.each([
    'You rank third.',
    'the worst unit',
    'lazy staff',
    'sanctions may follow',
    'Disciplinary action',
    'rude staff',
    'obstructive',
    'Mr Smith',
    'an excellent officer',
  ])('"%s" is flagged in English', (text) => {
    expect(rules(text, 'en')).not.toEqual([])
  })

  test('a word inside another word is not meant', () => {
    expect(rules('Frank Street, a frank talk', 'en')).toEqual([])
    expect(rules('Kelurahan Kalahari')).toEqual([])
  })

  test('a word is found across a broken line', () => {
    expect(rules('petugas ini tidak\n   becus')).toEqual(['forbidden_word: tidak becus'])
  })

  test('the sentence that rules sanctions out may name them, and nothing beside it', () => {
    expect(rules(messagesFor('id').disclaimer)).toEqual([])
    expect(rules(messagesFor('en').disclaimer.replace('it is no basis', 'it is\n  no basis'), 'en')).toEqual([])
    expect(rules(`${messagesFor('en').disclaimer} But sanctions may follow.`, 'en')).toEqual([
      'forbidden_word: sanctions',
    ])
  })

  test('the name of a unit is its own', () => {
    expect(lintWording('Dear Head of Worst Harbour', 'en', { names: ['Worst Harbour'] })).toEqual([])
    expect(lintWording('the worst of 1 (ward)', 'en', { names: ['1', 'or'] })).not.toEqual([])
    expect(lintWording('at 5 of 9 (56%)', 'en', { names: ['6'] })).toHaveLength(1)
  })

  test('both languages have words of every kind', () => {
    for (const words of Object.values(forbiddenWords)) expect(words.length).toBeGreaterThan(30)
  })
})

test('the number of a person or of a telephone is flagged, the number of a complaint is not', () => {
  expect(rules('NIP 198001012005011001')).toEqual(['forbidden_word: NIP', 'personal_number: 198001012005011001'])
  expect(rules('1671040101800001 hadir')).toEqual(['personal_number: 1671040101800001'])
  expect(rules('hubungi 0812-3456-7890')).toEqual(['personal_number: 0812-3456-7890'])
  expect(rules('PLB-2026-1044171234567890; 1.200 dari 2.150')).toEqual([])
})

describe('percentages', () => {
  test('of fewer than ten are flagged', () => {
    expect(rules('5 dari 9 (56%)')).toEqual(['percentage_of_few: 56%'])
    expect(rules('5 of 9, or 56 per cent', 'en')).toEqual(['percentage_of_few: 56 per cent'])
  })

  test('of ten and more may stand beside their count', () => {
    expect(rules('8 dari 10 (80%)')).toEqual([])
    expect(rules('1.200 dari 2.150 (56%)')).toEqual([])
  })

  test('without a count in the same sentence are flagged', () => {
    expect(rules('Kehadiran 97 persen.')).toEqual(['percentage_without_count: 97 persen'])
    expect(rules('18 dari 20 hadir. Itu 90%.')).toEqual(['percentage_without_count: 90%'])
  })

  test('words and counts alone are always right', () => {
    expect(rules('2 dari 5 pengaduan')).toEqual([])
  })
})
