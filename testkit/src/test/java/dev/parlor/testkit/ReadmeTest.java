package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs in README.md compile, and its links lead somewhere. What it says of modules ModulesIT of the library compiles and runs. */
class ReadmeTest {
    private static final Document README = Document.of("README.md");
    private static final int FIRST_PROGRAM_LINES = 15;

    @TempDir
    private Path classes;

    static List<String> programs() throws Exception {
        return README.programs();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void compiles(String program) {
        Document.compile(program, classes);
    }

    @Test
    void theFirstProgramIsShort() throws Exception {
        assertThat(programs().get(0).lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(FIRST_PROGRAM_LINES);
    }

    @Test
    void linksLeadSomewhere() throws Exception {
        README.assertLinksLeadSomewhere();
    }
}
