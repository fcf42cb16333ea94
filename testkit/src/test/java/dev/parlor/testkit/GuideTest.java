package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs in docs/guide.md compile without a warning and can be started, and its links lead somewhere. */
class GuideTest {
    private static final Document GUIDE = Document.of("docs/guide.md");

    @TempDir
    private Path classes;

    static List<String> programs() throws Exception {
        return GUIDE.programs();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void compiles(String program) {
        assertThat(program).contains("public static void main(String[] args)");
        Document.compile(program, classes);
    }

    @Test
    void linksLeadSomewhere() throws Exception {
        GUIDE.assertLinksLeadSomewhere();
    }
}
