package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs in README.md compile, and its links lead somewhere. What it says of modules ModulesIT of the library compiles and runs. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int FIRST_PROGRAM_LINES = 15;

    @TempDir
    private Path classes;

    static Stream<String> programs() throws Exception {
        return find("```java\n(?!module )(.*?)```", 1).stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void compiles(String program) {
        Matcher name = Pattern.compile("class (\\w+)").matcher(program);
        assertThat(name.find()).isTrue();
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///" + name.group(1) + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return program;
            }
        };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter says = new StringWriter();
        assertThat(compiler.getTask(says, null, null, List.of("-d", classes.toString(), "-proc:none", "-cp",
                System.getProperty("java.class.path")), null, List.of(source)).call()).as(says::toString).isTrue();
    }

    @Test
    void theFirstProgramIsShort() throws Exception {
        assertThat(programs().findFirst().orElseThrow().lines().filter(line -> !line.isBlank()).count())
                .isLessThanOrEqualTo(FIRST_PROGRAM_LINES);
    }

    @Test
    void linksLeadSomewhere() throws Exception {
        assertThat(find("]\\(((?!http)[^)#]+)\\)", 1)).isNotEmpty()
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    private static List<String> find(String pattern, int group) throws Exception {
        String readme = Files.readString(ROOT.resolve("README.md")).replace("\r\n", "\n");
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(readme).results()
                .map((MatchResult each) -> each.group(group)).toList();
    }
}
