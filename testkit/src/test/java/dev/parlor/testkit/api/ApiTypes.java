package dev.parlor.testkit.api;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parlor.Room;
import dev.parlor.testkit.ParlorNetwork;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The public types of the library and of the testkit. */
final class ApiTypes {
    private static final List<String> PACKAGES =
            List.of("dev.parlor", "dev.parlor.testkit", "dev.parlor.testkit.jvm", "dev.parlor.testkit.record");

    private ApiTypes() {}

    /** Those that programs may name. */
    static List<Class<?>> all() {
        List<Class<?>> types = new ArrayList<>();
        for (JavaClass each : new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackagesOf(Room.class, ParlorNetwork.class)) {
            if (PACKAGES.contains(each.getPackageName()) && !each.getSimpleName().isEmpty() && isPublic(each.reflect())) {
                types.add(each.reflect());
            }
        }
        types.sort(Comparator.comparing(Class::getName));
        return types;
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers()) && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }
}
