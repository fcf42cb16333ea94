package dev.parlor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.StampedLock;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents for maintainers, compared with the code: they name what there is, and leave out nothing that they promise to list. */
class DocumentsTest {
    private static final String INTERNAL = "dev.parlor.internal.";
    private static final Path DOCS = Path.of("..", "docs");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);
    /** A class of ours or of the JDK, perhaps with a member of it. */
    private static final Pattern NAMED = Pattern.compile("`@?([A-Z][a-z]\\w*)(?:\\.(\\w+))?(?:\\(\\))?`");
    private static final Pattern ARROW = Pattern.compile("^ {4}(\\w+) --> (\\w+)$", Pattern.MULTILINE);
    /** What a term of the glossary is introduced by. */
    private static final Pattern TERM = Pattern.compile("^\\| \\*\\*([^*]+)\\*\\* \\|", Pattern.MULTILINE);
    private static final List<String> PACKAGES_OF_THE_JDK = List.of("java.lang.", "java.util.", "java.util.concurrent.",
            "java.util.concurrent.atomic.", "java.util.concurrent.locks.", "java.security.");

    private final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parlor");

    // ---- architecture.md

    @Test
    void eachPackageIsListedAndNoOtherIs() throws IOException {
        Set<String> packages = new TreeSet<>();
        classes.stream().map(JavaClass::getPackageName).filter(name -> name.startsWith(INTERNAL))
                .forEach(name -> packages.add(name.substring(INTERNAL.length())));
        assertThat(all(ROW, section(read("architecture.md"), "Packages"))).containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void theArrowsOfThePictureAreThoseOfTheCode() throws IOException {
        List<String> wrong = new ArrayList<>();
        Set<String> drawn = new TreeSet<>();
        ARROW.matcher(section(read("architecture.md"), "Packages")).results().forEach(arrow -> {
            String from = arrow.group(1).replace('_', '.');
            String to = arrow.group(2).replace('_', '.');
            drawn.add(from);
            drawn.add(to);
            if (classesOf(from).flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                    .noneMatch(each -> each.getTargetClass().getBaseComponentType().getPackageName().equals(INTERNAL + to))) {
                wrong.add(from + " --> " + to);
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(drawn).as("all but those that every package may use")
                .containsExactlyInAnyOrderElementsOf(all(ROW, section(read("architecture.md"), "Packages")).stream()
                        .filter(name -> !name.equals("memory") && !name.equals("log")).toList());
    }

    private Stream<JavaClass> classesOf(String name) {
        return classes.stream().filter(each -> each.getPackageName().equals(INTERNAL + name));
    }

    // ---- what all of them name

    @ParameterizedTest
    @ValueSource(strings = {"architecture.md", "concurrency.md", "glossary.md", "decisions/0033-a-machine-without-io.md"})
    void whatIsNamedExists(String document) throws IOException {
        Set<String> tests = new TreeSet<>();
        for (Path root : List.of(Path.of("src", "test", "java"), Path.of("..", "testkit", "src"))) {
            try (Stream<Path> all = Files.walk(root)) {
                all.map(each -> each.getFileName().toString()).filter(each -> each.endsWith(".java"))
                        .forEach(each -> tests.add(each.substring(0, each.length() - ".java".length())));
            }
        }
        List<String> unknown = NAMED.matcher(read(document)).results()
                .filter(named -> !tests.contains(named.group(1)) && !exists(named.group(1), named.group(2)))
                .map(MatchResult::group).distinct().toList();
        assertThat(unknown).isEmpty();
    }

    private boolean exists(String type, String member) {
        List<JavaClass> ours = named(type).toList();
        if (ours.isEmpty()) {
            return PACKAGES_OF_THE_JDK.stream().anyMatch(each -> isOfTheJdk(each + type));
        }
        return member == null || ours.stream().anyMatch(each -> each.getAllMembers().stream()
                .anyMatch(one -> one.getName().equals(member)))
                || named(member).anyMatch(nested -> nested.getEnclosingClass().filter(ours::contains).isPresent());
    }

    private Stream<JavaClass> named(String type) {
        return classes.stream().filter(each -> each.getSimpleName().equals(type));
    }

    private static boolean isOfTheJdk(String name) {
        try {
            Class.forName(name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    // ---- concurrency.md

    @Test
    void eachFieldThatThreadsShareIsInTheTable() throws IOException {
        Set<String> shared = new TreeSet<>();
        for (JavaClass each : classes) {
            for (JavaField field : each.getFields()) {
                if (isShared(field)) {
                    shared.add(each.getSimpleName() + "." + field.getName());
                }
            }
        }
        Set<String> listed = new TreeSet<>(all(ROW, section(read("concurrency.md"), "Fields")));
        assertThat(listed).containsAll(shared);
        assertThat(listed).allMatch(row -> {
            String[] parts = row.split("\\.");
            return named(parts[0]).flatMap(each -> each.getFields().stream()).anyMatch(field -> field.getName().equals(parts[1]));
        });
    }

    /** By its declaration: guarded fields say nothing. */
    private static boolean isShared(JavaField field) {
        String type = field.getRawType().getName();
        return field.getModifiers().contains(JavaModifier.VOLATILE) || type.startsWith("java.util.concurrent.atomic.")
                || isLock(field.getRawType()) || type.startsWith("java.util.concurrent.Concurrent")
                || type.startsWith("java.util.concurrent.CopyOnWrite") || type.equals("java.util.concurrent.CountDownLatch");
    }

    private static boolean isLock(JavaClass type) {
        return type.isAssignableTo(Lock.class) || type.isAssignableTo(StampedLock.class);
    }

    @Test
    void eachMonitorIsInTheTableOfLocks() throws IOException {
        Pattern monitor = Pattern.compile("^[^*\"]*\\bsynchronized\\b", Pattern.MULTILINE);
        Set<String> users = new TreeSet<>();
        try (Stream<Path> all = Files.walk(SOURCES)) {
            for (Path source : all.filter(each -> each.toString().endsWith(".java")).toList()) {
                if (monitor.matcher(Files.readString(source)).find()) {
                    String name = source.getFileName().toString();
                    users.add(name.substring(0, name.length() - ".java".length()));
                }
            }
        }
        String locks = section(read("concurrency.md"), "Locks");
        assertThat(users).allMatch(user -> locks.contains("`" + user + "`"));
    }

    // ---- glossary.md

    @Test
    void eachTermOccursInTheCode() throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> all = Files.walk(SOURCES)) {
            for (Path source : all.filter(each -> each.toString().endsWith(".java")).toList()) {
                code.append(Files.readString(source));
            }
        }
        List<String> terms = all(TERM, read("glossary.md"));
        assertThat(terms).isNotEmpty().doesNotHaveDuplicates();
        assertThat(terms).allMatch(term -> Pattern.compile("(?i)" + String.join("[\\s*]*", Stream.of(term.split(" "))
                .map(Pattern::quote).toList())).matcher(code).find());
    }

    // ---- reading

    private static String read(String document) throws IOException {
        return Files.readString(DOCS.resolve(document));
    }

    /** From a heading of the second level to the next. */
    private static String section(String text, String heading) {
        int begin = text.indexOf("\n## " + heading + "\n");
        assertThat(begin).as("## " + heading).isNotNegative();
        int end = text.indexOf("\n## ", begin + 1);
        return text.substring(begin, end < 0 ? text.length() : end);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
