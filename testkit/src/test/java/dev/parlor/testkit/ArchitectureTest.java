package dev.parlor.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know what in the testkit. */
@AnalyzeClasses(packages = "dev.parlor.testkit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule controlRoomsStandOnWhatAnybodyHas = classes().that().resideInAPackage("dev.parlor.testkit.jvm")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.parlor", "dev.parlor.testkit.jvm", "org.slf4j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule recordingsAreForProgramsWithoutTestsToo = noClasses().that()
            .resideInAPackage("dev.parlor.testkit.record")
            .should().dependOnClassesThat().resideInAnyPackage("dev.parlor.testkit", "dev.parlor.testkit.jvm", "org.junit..",
                    "org.assertj..");

    @ArchTest
    static final ArchRule onlyFaultsKnowJGroups = noClasses().that().haveSimpleNameNotStartingWith("FaultProtocol")
            .should().dependOnClassesThat().resideInAPackage("org.jgroups..");
}
