package dev.parlor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parlor.Room;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the library's module shows, and to whom. */
class ExportsTest {
    private static final String TESTKIT = "dev.parlor.testkit";
    private static final String INTERNAL = "dev.parlor.internal.";

    private static ModuleDescriptor descriptorOf(Class<?> type) throws Exception {
        Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ModuleFinder.of(place).findAll().iterator().next().descriptor();
    }

    @Test
    void applicationsSeeTheApiOnly() throws Exception {
        ModuleDescriptor library = descriptorOf(Room.class);
        assertThat(library.name()).isEqualTo("dev.parlor");
        assertThat(library.exports()).filteredOn(each -> !each.isQualified()).extracting(ModuleDescriptor.Exports::source)
                .containsExactly("dev.parlor");
        assertThat(library.opens()).isEmpty();
    }

    @Test
    void theTestkitSeesOfTheInsideWhatItUses() throws Exception {
        Set<String> used = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(TESTKIT)
                .stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass).map(type -> type.getBaseComponentType().getPackageName())
                .filter(name -> name.startsWith(INTERNAL)).collect(Collectors.toSet());
        assertThat(descriptorOf(Room.class).exports()).filteredOn(each -> each.targets().contains(TESTKIT))
                .extracting(ModuleDescriptor.Exports::source).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void testsSeeThePackagesOfTheTestkit() throws Exception {
        assertThat(descriptorOf(ParlorExtension.class).exports()).allMatch(each -> !each.isQualified())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrder(TESTKIT, TESTKIT + ".jvm", TESTKIT + ".record");
    }
}
