package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A document of the repository: the programs in it, and where its links lead. */
record Document(Path path) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static Document of(String name) {
        return new Document(ROOT.resolve(name));
    }

    /** The programs, without descriptions of modules, which are no programs. */
    List<String> programs() throws Exception {
        return find("```java\n(?!module )(.*?)```");
    }

    /** Compiles a program into a folder, with what this test sees. */
    static void compile(String program, Path classes) {
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
        assertThat(compiler.getTask(says, null, null, List.of("-d", classes.toString(), "-proc:none", "-Xlint:all,-classfile,-path",
                "-Werror", "-cp", System.getProperty("java.class.path")), null, List.of(source)).call()).as(says::toString).isTrue();
    }

    /** Each link into the repository leads to a file and, if it names one, to a heading of it. */
    void assertLinksLeadSomewhere() throws Exception {
        List<String> links = find("\\]\\(((?!http)[^)]+)\\)");
        assertThat(links).isNotEmpty();
        for (String link : links) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? path : path.resolveSibling(parts[0]);
            assertThat(target).as(link).exists();
            if (parts.length > 1) {
                assertThat(new Document(target).anchors()).as(link).contains(parts[1]);
            }
        }
    }

    /** The names that headings have in links, as GitHub makes them. */
    private Stream<String> anchors() throws Exception {
        return find("(?:^|\n)#+ ([^\n]+)").stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
    }

    private List<String> find(String pattern) throws Exception {
        String text = Files.readString(path).replace("\r\n", "\n");
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).results().map(each -> each.group(1)).toList();
    }
}
