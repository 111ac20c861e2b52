-- What one person-day adds to each measure: measure, numerator, denominator. Part of the queries that count, and of the trace of an event.
arrayConcat(
    if(status IN ('present', 'unexcused'),
        [('A1', toFloat64(status = 'present'), 1.), ('A2', toFloat64(on_time), 1.), ('A3', toFloat64(full_day), 1.)], []),
    if(status = 'present',
        arrayConcat([('A4', toFloat64(lost_minutes), 1.)],
            arrayMap(class -> (concat('A5.', class), toFloat64(class IN (late_class, early_class)), 1.),
                ['TL1', 'TL2', 'TL3', 'TL4', 'PSW1', 'PSW2', 'PSW3', 'PSW4'])), []),
    if(status != 'not_scheduled', [('B1', toFloat64(status IN ('excused_leave', 'official_duty', 'flexible_work')), 1.)], []),
    if(status IN ('excused_leave', 'official_duty', 'flexible_work'), [('B2', toFloat64(retroactive), 1.)], []),
    if(clock_records > 0, [('B3', toFloat64(manual_records), toFloat64(clock_records))], []),
    if(checks_confirmed + checks_failed > 0,
        [('C1', toFloat64(checks_confirmed), toFloat64(checks_confirmed + checks_failed))], []))
