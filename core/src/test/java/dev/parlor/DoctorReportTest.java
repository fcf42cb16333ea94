package dev.parlor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parlor.DoctorReport.Code;
import dev.parlor.DoctorReport.Finding;
import dev.parlor.DoctorReport.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A report as people and programs read it. */
class DoctorReportTest {
    private static final Finding WELL = new Finding(Severity.OK, Code.PORTS, "Port 7943 is free.", "");
    private static final Finding WORTH_KNOWING = new Finding(Severity.NOTE, Code.MTU, "It is 9000.", "Set it alike.");
    private static final Finding BAD = new Finding(Severity.PROBLEM, Code.WRONG_PASSPHRASE, "A long sentence, ".repeat(20) + "ended.",
            "Give the same.\n  a command that is to be copied as it is " + "x".repeat(150));

    private final DoctorReport report = new DoctorReport("the \"lounge\"\t\\ \u00e9\ud83d\ude00", "by multicast", List.of(WELL, WORTH_KNOWING, BAD));

    @Test
    void problemsComeFirst() {
        assertThat(report.findings()).containsExactly(BAD, WORTH_KNOWING, WELL);
        assertThat(report.isHealthy()).isFalse();
        assertThat(report.of(Code.MTU)).containsExactly(WORTH_KNOWING);
    }

    @Test
    void peopleReadColumns() {
        List<String> lines = report.toString().lines().toList();
        assertThat(lines.get(0)).contains("lounge", "by multicast");
        assertThat(lines.get(1)).isEqualTo("1 problem, 1 note.");
        int column = "PROBLEM  WRONG_PASSPHRASE  ".length();
        assertThat(lines.subList(3, lines.size())).allMatch(each -> each.charAt(column - 1) == ' ' && each.length() > column);
        assertThat(lines).filteredOn(each -> !each.contains("x".repeat(150))).allMatch(each -> each.length() <= 110);
        assertThat(lines).anyMatch(each -> each.endsWith("  a command that is to be copied as it is " + "x".repeat(150)));
    }

    @Test
    void programsReadJson() {
        String json = report.toJson();
        assertThat(json.chars()).allMatch(c -> c >= ' ' && c <= '~');
        assertThat(Json.read(json)).isEqualTo(Map.of("room", report.room(), "reach", "by multicast", "healthy", false, "findings",
                List.of(map(BAD), map(WORTH_KNOWING), map(WELL))));
        assertThat(Json.read(new DoctorReport("", "", List.of()).toJson()))
                .isEqualTo(Map.of("room", "", "reach", "", "healthy", true, "findings", List.of()));
    }

    private static Map<String, Object> map(Finding of) {
        return Map.of("severity", of.severity().name(), "code", of.code().name(), "seen", of.seen(), "advice", of.advice());
    }

    @Test
    void nothingIsNull() {
        assertThatThrownBy(() -> new Finding(null, Code.MTU, "", "")).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> new DoctorReport("room", "", null)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> Doctor.examine(null)).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> Doctor.examineAsync(null)).isInstanceOf(InvalidArgumentException.class);
    }
}
