package dev.parlor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The house in figures: how large packages and files are, and what goes round in circles. Prints them; {@code mvn -pl core -am test
 * -Dtest=HouseTest -Dsurefire.failIfNoSpecifiedTests=false} shows them alone.
 */
class HouseTest {
    /** So many files, its package-info among them, are seen at one look. */
    private static final int MOST_FILES = 15;
    private static final int MOST_LINES = 400;
    /** Classes that know each other belong together; more of them are one class in several files. */
    private static final int LARGEST_CYCLE = 5;
    /** The package of the API: users import from one. */
    private static final String API = "dev.parlor";
    private static final List<String> MODULES = List.of("core", "dns-sd", "jgroups-config", "testkit", "demo", "bench", "examples");
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Path TESTS = Path.of("src", "test", "java");

    private final JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.parlor");

    @Test
    void packagesAreSmall() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        for (Path folder : folders(MAIN)) {
            sources(folder).forEach(source -> files.merge(folder.relativize(source.getParent()).toString().replace('/', '.')
                    .replace('\\', '.'), 1, Integer::sum));
        }
        int api = files.remove(API);
        Map.Entry<String, Integer> largest = files.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        System.out.println("house: " + files.size() + " packages behind the API (" + api + " files), the largest " + largest.getKey()
                + " with " + largest.getValue() + " files");
        assertThat(files.values()).allMatch(count -> count <= MOST_FILES);
    }

    @Test
    void eachPackageSaysWhatLivesThere() throws IOException {
        Set<Path> packages = new TreeSet<>();
        for (Path folder : folders(MAIN)) {
            sources(folder).forEach(source -> packages.add(source.getParent()));
            packages.remove(folder);
        }
        assertThat(packages).allMatch(each -> Files.exists(each.resolve("package-info.java")));
    }

    @Test
    void filesAreShort() throws IOException {
        Map<Path, Long> lines = new HashMap<>();
        for (Path part : List.of(MAIN, TESTS)) {
            for (Path folder : folders(part)) {
                sources(folder).forEach(source -> lines.put(source, lines(source)));
            }
        }
        Map.Entry<Path, Long> longest = lines.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        List<Long> sorted = lines.values().stream().sorted().toList();
        System.out.println("house: " + lines.size() + " files, " + sorted.get(sorted.size() / 2) + " lines in the middle, the longest "
                + longest.getKey().getFileName() + " with " + longest.getValue());
        assertThat(lines.values()).allMatch(count -> count <= MOST_LINES);
    }

    @Test
    void nothingGoesRoundInLargeCircles() {
        Map<String, Set<String>> byClass = arrows(each -> outermost(each).getName());
        List<Set<String>> cycles = cycles(byClass);
        System.out.println("house: " + byClass.size() + " classes, " + cycles.size() + " cycles of them, the largest "
                + (cycles.isEmpty() ? "none" : cycles.get(0)));
        List<Set<String>> ofPackages = cycles(arrows(JavaClass::getPackageName));
        System.out.println("house: " + ofPackages.size() + " cycles of packages " + ofPackages);
        assertThat(ofPackages).isEmpty();
        assertThat(cycles).allMatch(cycle -> cycle.size() <= LARGEST_CYCLE);
        assertThat(cycles).allMatch(cycle -> cycle.stream().map(name -> name.substring(0, name.lastIndexOf('.'))).distinct().count() == 1);
    }

    /** The same folder of each module that has it. */
    private static List<Path> folders(Path part) {
        return MODULES.stream().map(module -> Path.of("..", module).resolve(part)).filter(Files::isDirectory).toList();
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(each -> each.toString().endsWith(".java")).toList();
        }
    }

    private static long lines(Path source) {
        try (Stream<String> lines = Files.lines(source)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaClass outermost(JavaClass of) {
        return of.getEnclosingClass().map(HouseTest::outermost).orElse(of);
    }

    private Map<String, Set<String>> arrows(java.util.function.Function<JavaClass, String> node) {
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (JavaClass from : classes) {
            Set<String> to = arrows.computeIfAbsent(node.apply(from), name -> new TreeSet<>());
            from.getDirectDependenciesFromSelf().stream().map(each -> each.getTargetClass().getBaseComponentType())
                    .filter(each -> each.getName().startsWith("dev.parlor.")).map(node)
                    .filter(name -> !name.equals(node.apply(from))).forEach(to::add);
        }
        return arrows;
    }

    /** Sets of nodes of which each is reached from each other (Tarjan 1972), the largest first; a node alone is none. */
    private static List<Set<String>> cycles(Map<String, Set<String>> arrows) {
        List<Set<String>> found = new ArrayList<>();
        new Object() {
            private final Map<String, Integer> order = new HashMap<>();
            private final Map<String, Integer> lowest = new HashMap<>();
            private final Deque<String> path = new ArrayDeque<>();
            private final Set<String> onPath = new HashSet<>();

            void visit(String node) {
                order.put(node, order.size());
                lowest.put(node, order.get(node));
                path.push(node);
                onPath.add(node);
                for (String next : arrows.getOrDefault(node, Set.of())) {
                    if (!order.containsKey(next)) {
                        visit(next);
                        lowest.merge(node, lowest.get(next), Math::min);
                    } else if (onPath.contains(next)) {
                        lowest.merge(node, order.get(next), Math::min);
                    }
                }
                if (lowest.get(node).equals(order.get(node))) {
                    Set<String> cycle = new TreeSet<>();
                    String last;
                    do {
                        last = path.pop();
                        onPath.remove(last);
                        cycle.add(last);
                    } while (!last.equals(node));
                    if (cycle.size() > 1) {
                        found.add(cycle);
                    }
                }
            }

            void visitAll() {
                arrows.keySet().forEach(node -> {
                    if (!order.containsKey(node)) {
                        visit(node);
                    }
                });
            }
        }.visitAll();
        found.sort(Comparator.comparingInt((Set<String> each) -> each.size()).reversed());
        return found;
    }
}
