package dev.parlor.testkit.internal.process;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the classes of this JVM come from, as one class path: what patches its modules, its module path, and its class path.
 * A JVM of a test so finds every class that the test finds, whether the test runs on the class path or on the module path.
 */
public final class InheritedPath {
    private static final String PATCH = "--patch-module";

    private InheritedPath() {}

    /** The class path for a JVM that is to find what this one finds. */
    public static String asClassPath() {
        return of(javaOptions(), System.getProperty("jdk.module.path", ""), System.getProperty("java.class.path", ""));
    }

    /**
     * The same of another JVM.
     *
     * @param options its options, such as {@code --patch-module=app=target/test-classes}, or in two
     */
    static String of(List<String> options, String modulePath, String classPath) {
        Set<String> places = new LinkedHashSet<>();
        patches(options).forEach(places::add);
        entries(modulePath).flatMap(InheritedPath::modules).forEach(places::add);
        // An empty class path is the present folder for Java, but not beside a module path.
        if (!classPath.isEmpty() || places.isEmpty()) {
            places.addAll(List.of(classPath.split(File.pathSeparator, -1)));
        }
        return places.stream().collect(Collectors.joining(File.pathSeparator));
    }

    /** What stands in the place of classes of a module, as the test classes of Maven do; the first found comes first. */
    private static Stream<String> patches(List<String> options) {
        List<String> patches = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            if (option.startsWith(PATCH + "=")) {
                patches.add(option.substring(PATCH.length() + 1));
            } else if (option.equals(PATCH) && i + 1 < options.size()) {
                patches.add(options.get(i + 1));
            }
        }
        return patches.stream().flatMap(patch -> entries(patch.substring(patch.indexOf('=') + 1)));
    }

    private static Stream<String> entries(String path) {
        return Stream.of(path.split(File.pathSeparator)).filter(each -> !each.isEmpty());
    }

    /** An entry of a module path is a module, or a folder of modules. */
    private static Stream<String> modules(String entry) {
        try {
            Path place = Path.of(entry);
            if (!Files.isDirectory(place) || isModule(place)) {
                return Stream.of(entry);
            }
            try (Stream<Path> inside = Files.list(place)) {
                List<String> modules = inside.filter(each -> isModule(each) || each.toString().endsWith(".jar")).sorted()
                        .map(Path::toString).toList();
                return modules.isEmpty() ? Stream.of(entry) : modules.stream();
            }
        } catch (IOException | InvalidPathException e) {
            return Stream.of(entry);
        }
    }

    private static boolean isModule(Path folder) {
        return Files.exists(folder.resolve("module-info.class"));
    }

    private static List<String> javaOptions() {
        try {
            return ManagementFactory.getRuntimeMXBean().getInputArguments();
        } catch (LinkageError withoutTheModule) {
            // A program that runs from the module path without java.management; then its modules are not patched by a build tool.
            return List.of();
        }
    }
}
