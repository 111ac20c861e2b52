-- What one person-day adds to each measure: measure, numerator, denominator; a denominator of 0 where it adds nothing. Always all of them in
-- the same order, so that many are added up place by place. Part of the queries that count, and of the trace of an event.
[
    ('A1', toFloat64(status = 'present'), toFloat64(status IN ('present', 'unexcused'))),
    ('A2', toFloat64(on_time AND status IN ('present', 'unexcused')), toFloat64(status IN ('present', 'unexcused'))),
    ('A3', toFloat64(full_day AND status IN ('present', 'unexcused')), toFloat64(status IN ('present', 'unexcused'))),
    ('A4', if(status = 'present', toFloat64(lost_minutes), 0.), toFloat64(status = 'present')),
    ('A5.TL1', toFloat64(status = 'present' AND late_class = 'TL1'), toFloat64(status = 'present')),
    ('A5.TL2', toFloat64(status = 'present' AND late_class = 'TL2'), toFloat64(status = 'present')),
    ('A5.TL3', toFloat64(status = 'present' AND late_class = 'TL3'), toFloat64(status = 'present')),
    ('A5.TL4', toFloat64(status = 'present' AND late_class = 'TL4'), toFloat64(status = 'present')),
    ('A5.PSW1', toFloat64(status = 'present' AND early_class = 'PSW1'), toFloat64(status = 'present')),
    ('A5.PSW2', toFloat64(status = 'present' AND early_class = 'PSW2'), toFloat64(status = 'present')),
    ('A5.PSW3', toFloat64(status = 'present' AND early_class = 'PSW3'), toFloat64(status = 'present')),
    ('A5.PSW4', toFloat64(status = 'present' AND early_class = 'PSW4'), toFloat64(status = 'present')),
    ('B1', toFloat64(status IN ('excused_leave', 'official_duty', 'flexible_work')), toFloat64(status != 'not_scheduled')),
    ('B2', toFloat64(retroactive AND status IN ('excused_leave', 'official_duty', 'flexible_work')),
        toFloat64(status IN ('excused_leave', 'official_duty', 'flexible_work'))),
    ('B3', if(clock_records > 0, toFloat64(manual_records), 0.), toFloat64(clock_records)),
    ('C1', toFloat64(checks_confirmed), toFloat64(checks_confirmed + checks_failed))
]
