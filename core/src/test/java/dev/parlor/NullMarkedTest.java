package dev.parlor;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The build checks nullness in the packages that say so: all of them do. */
class NullMarkedTest {
    /** Not yet. */
    private static final List<String> UNMARKED = List.of("dev.parlor.internal.listener", "dev.parlor.internal.event",
            "dev.parlor.internal.machine", "dev.parlor.internal.engine", "dev.parlor.internal.room", "dev.parlor.internal.door");

    @Test
    void isEachPackage() {
        JavaPackage all = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.parlor").getPackage("dev.parlor");
        assertThat(all.getSubpackagesInTree()).isNotEmpty();
        assertThat(all.isAnnotatedWith(NullMarked.class)).isTrue();
        assertThat(all.getSubpackagesInTree()).filteredOn(each -> !each.getClasses().isEmpty()
                        && UNMARKED.stream().noneMatch(each.getName()::startsWith))
                .allMatch(each -> each.isAnnotatedWith(NullMarked.class));
    }
}
