package dev.parlor.internal.doctor;

import dev.parlor.DoctorReport.Code;
import dev.parlor.DoctorReport.Finding;
import dev.parlor.DoctorReport.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings: of each kind so many that a person reads them. For one thread. */
final class Findings {
    /** Of one code and severity: with more of them they have one cause. */
    private static final int MAX_OF_A_CODE = 10;

    private final List<Finding> all = new ArrayList<>();
    private final Map<Code, Integer> left = new EnumMap<>(Code.class);

    void ok(Code code, String seen) {
        add(Severity.OK, code, seen, "");
    }

    void note(Code code, String seen, String advice) {
        add(Severity.NOTE, code, seen, advice);
    }

    void problem(Code code, String seen, String advice) {
        add(Severity.PROBLEM, code, seen, advice);
    }

    void add(Severity severity, Code code, String seen, String advice) {
        if (all.stream().filter(each -> each.code() == code && each.severity() == severity).count() < MAX_OF_A_CODE) {
            all.add(new Finding(severity, code, seen, advice));
        } else {
            left.merge(code, 1, Integer::sum);
        }
    }

    List<Finding> all() {
        List<Finding> told = new ArrayList<>(all);
        left.forEach((code, count) -> told.add(new Finding(Severity.NOTE, code, count + " more like these.", "")));
        return told;
    }
}
