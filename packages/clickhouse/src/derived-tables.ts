/** Tables that are worked out from events, rules and time alone: what a rebuild makes anew. */
export const derivedTables = [
  'unit_version',
  'person_day_store',
  'complaint_store',
  'unit_complaint_store',
  'coaching_item_store',
  'data_quality_store',
  'pending_change',
  'unit_week_part_store',
  'unit_week_figures_store',
  'unit_week_score_store',
  'unit_week_duration_store',
  'unit_week_signal_store',
] as const

/** Views over them that are read in working them out. */
export const derivedViews = ['judged_person_day'] as const

/** Of these, those of whole weeks: kept for weeks whose person-level data are gone. */
export const weeklyTables = [
  'unit_week_part_store',
  'unit_week_figures_store',
  'unit_week_score_store',
  'unit_week_duration_store',
  'unit_week_signal_store',
] as const satisfies readonly (typeof derivedTables)[number][]

/** What came in, what was said and what was decided: no rebuild touches it. */
export const keptTables = [
  'ingest',
  'event_store',
  'entity_event',
  'revision',
  'message_identity',
  'ingest_offset',
  'ingest_empty',
  'source_arrival',
  'source_unit',
  'source_silence_store',
  'dead_letter_store',
  'conflict_letter',
  'identity_conflict',
  'sweep_mark',
  'clock_mark',
  'policy_mark',
  'policy_change',
  'final_score_store',
  'report_run_store',
  'report_delivery_store',
  'report_recipient_store',
  'report_choice_store',
  'report_suppression_store',
  'report_control_store',
  'report_notice_store',
  'spot_check_draw_store',
  'coaching_effect_store',
] as const
