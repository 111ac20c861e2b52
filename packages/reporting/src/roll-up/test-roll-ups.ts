import * as given from '../../fixtures/roll-up-inputs.ts'
import { testActionLibrary } from '../test-action-library.ts'
import type { ReportViewModel } from '../view-model.ts'
import { areaViewModel } from './area-view-model.ts'
import { cityViewModel } from './city-view-model.ts'
import { integrityViewModel } from './integrity-view-model.ts'
import { noticeViewModel } from './notice-view-model.ts'

// Tests only: the reports of superiors, of the city and of the inspectorate, and what the operator is told, by the names of their goldens.

export const rollUps: Readonly<Record<string, ReportViewModel>> = {
  kecamatan: areaViewModel(given.kecamatan, testActionLibrary),
  opd: areaViewModel(given.opd, testActionLibrary),
  city: cityViewModel(given.city, testActionLibrary),
  'city-english': cityViewModel(given.cityEnglish, testActionLibrary),
  inspectorate: integrityViewModel(given.inspectorate),
  'inspectorate-english': integrityViewModel(given.inspectorateEnglish),
  notice: noticeViewModel(given.notice),
  'notice-english': noticeViewModel(given.noticeEnglish),
}
