package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Modules for programs that are tested from outside, and the path on which they find the library, the testkit and JUnit. */
final class ModulePath {
    private static final Pattern NAME = Pattern.compile("^(?:public )?(?:final )?(?:class|record) (\\w+)", Pattern.MULTILINE);

    private ModulePath() {}

    /** A folder with a module, of its descriptor and the sources of its classes. */
    static Path compile(Path folder, String... sources) throws IOException {
        Path files = Files.createTempDirectory(folder, "sources");
        Path classes = Files.createTempDirectory(folder, "classes");
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-p", all().collect(Collectors.joining(File.pathSeparator))));
        for (String source : sources) {
            Matcher name = NAME.matcher(source);
            String file = name.find() ? name.group(1) : "module-info";
            arguments.add(Files.writeString(files.resolve(file + ".java"), source).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]))).isZero();
        return classes;
    }

    /** A module, and all that tests have. */
    static String with(Path module) {
        return Stream.concat(Stream.of(module.toString()), all()).collect(Collectors.joining(File.pathSeparator));
    }

    /** What is on the class path of this test and is a module; a folder of test classes is none. */
    static Stream<String> all() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).filter(each -> each.endsWith(".jar")
                || Files.exists(Path.of(each, "module-info.class")));
    }
}
