package dev.parlor.testkit.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parlor.Room;
import dev.parlor.testkit.ParlorNetwork;
import dev.parlor.testkit.jvm.ParlorJvm;
import java.time.Duration;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** A program without the modules java.sql and java.desktop, such as one made by jlink, shares dates as any other does. */
class FewerModulesTest {
    /** What Parlor, JGroups and the testkit need. */
    private static final String MODULES = "java.base,java.logging,java.management,java.naming,java.xml,jdk.unsupported";

    @Test
    void dateTravelsWhereNoModuleOfSqlIs() {
        try (ParlorJvm jvm = ParlorJvm.named("fewer modules").jvmOptions("--limit-modules", MODULES).start(Program.class)) {
            jvm.requireSuccess(Duration.ofSeconds(60));
        }
    }

    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            assertThat(ModuleLayer.boot().findModule("java.sql")).isEmpty();
            assertThat(ModuleLayer.boot().findModule("java.desktop")).isEmpty();
            Map<String, Object> values = Map.of("date", new Date(5), "calendar", new GregorianCalendar(TimeZone.getTimeZone("UTC")),
                    "list", List.of(new Date(6), Locale.GERMANY, Optional.of(1)), "array", List.of(1, 2));
            try (ParlorNetwork network = ParlorNetwork.create()) {
                Room ada = network.join("Ada");
                Room bob = network.join("Bob");
                values.forEach(ada.sessionData()::put);
                ada.flush(Duration.ofSeconds(10));
                assertThat(bob.sessionData().snapshot()).isEqualTo(values);
            }
        }
    }
}
