package dev.parlor;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The build checks nullness in the packages that say so: all of them do. */
class NullMarkedTest {
    @Test
    void isEachPackage() {
        JavaPackage all = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.parlor").getPackage("dev.parlor");
        assertThat(all.getSubpackagesInTree()).isNotEmpty();
        assertThat(all.isAnnotatedWith(NullMarked.class)).isTrue();
        assertThat(all.getSubpackagesInTree()).filteredOn(each -> !each.getClasses().isEmpty())
                .allMatch(each -> each.isAnnotatedWith(NullMarked.class));
    }
}
