import { addDays, type PlainDate } from '@bina/domain/plain-date'
import { chooseUnits } from './choose-units.ts'
import type { CityOptions } from './city-options.ts'
import { firstWeekOf, type StoryFigure, type StoryKind, storyLines } from './story-lines.ts'

/** A planted truth: what tests, benchmarks and the demo may expect to find. */
export interface PlantedStory {
  readonly kind: StoryKind
  readonly unitId: string
  readonly unitName: string
  /** The first week of the story, counted from 1, and its Monday. */
  readonly fromWeek: number
  readonly fromMonday: PlainDate
  readonly description: { readonly id: string; readonly en: string }
  /**
   * True values, not what a simulation happens to draw: before the story or in other units, and in the story (at its
   * end, where it grows).
   */
  readonly expectation: { readonly figure: StoryFigure; readonly usual: number; readonly planted: number }
}

const descriptions: Readonly<Record<StoryKind, (week: number) => PlantedStory['description']>> = {
  turns_rude: (week) => ({
    id: `Mulai pekan ke-${week} makin banyak warga mengadukan sikap pelayanan, dan penilaian kesantunan turun.`,
    en: `From week ${week} on, more residents complain of rudeness, and courtesy ratings go down.`,
  }),
  closes_without_fixing: () => ({
    id: 'Pengaduan ditutup cepat dan tepat waktu, tetapi pemeriksaan menemukan bahwa sebagian besar belum dikerjakan.',
    en: 'Complaints are closed fast and on time, but audits find that most were not fixed.',
  }),
  bounces_complaints: () => ({
    id: 'Lebih dari separuh pengaduan diteruskan ke unit lain atau ditolak, kebanyakan setelah lebih dari tiga hari kerja.',
    en: 'More than half of the complaints are forwarded or refused, most after more than three working days.',
  }),
  exempt_days: () => ({
    id: 'Hari izin dan cuti bertambah dari pekan ke pekan, sehingga hari kerja yang dihitung makin sedikit.',
    en: 'Excused leave grows from week to week, so that ever fewer working days are counted.',
  }),
  coaching_helped: (week) => ({
    id: `Pembinaan tentang kesantunan dilaksanakan pada pekan ke-${week}; sesudahnya penilaian kesantunan naik.`,
    en: `Coaching on courtesy was held in week ${week}; courtesy ratings go up after it.`,
  }),
}

/**
 * The stories that a city of these options holds. Few units hold fewer stories; without reassignments nothing is
 * bounced.
 */
export function plantedStories(
  city: Pick<CityOptions, 'weeks' | 'lastWeekMonday' | 'units' | 'withReassignments'>,
): readonly PlantedStory[] {
  const names = new Map(chooseUnits(city.units ?? 'all').map((unit) => [unit.unitId, unit.name]))
  return storyLines.flatMap((line) => {
    const unitName = names.get(line.unitId)
    if (unitName === undefined) return []
    if (line.kind === 'bounces_complaints' && city.withReassignments === false) return []
    const fromWeek = firstWeekOf(line, city.weeks)
    if (fromWeek > city.weeks) return []
    return [
      {
        kind: line.kind,
        unitId: line.unitId,
        unitName,
        fromWeek,
        fromMonday: addDays(city.lastWeekMonday, 7 * (fromWeek - city.weeks)),
        description: descriptions[line.kind](fromWeek),
        expectation: { figure: line.figure, usual: line.usual, planted: line.planted },
      },
    ]
  })
}
