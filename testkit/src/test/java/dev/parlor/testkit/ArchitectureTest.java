package dev.parlor.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** What may know what in the testkit: the public packages know what stands behind them, never the other way. */
@AnalyzeClasses(packages = "dev.parlor.testkit", importOptions = {ImportOption.DoNotIncludeTests.class,
        ImportOption.DoNotIncludePackageInfos.class})
class ArchitectureTest {
    private static final String TESTKIT = "dev.parlor.testkit";
    private static final String JVM = TESTKIT + ".jvm";
    private static final String RECORD = TESTKIT + ".record";
    private static final String ARGUMENT = TESTKIT + ".internal.argument";
    private static final String TIME = TESTKIT + ".internal.time";
    private static final String MEDIUM = TESTKIT + ".internal.medium";
    private static final String ROOM = TESTKIT + ".internal.room";
    private static final String PROCESS = TESTKIT + ".internal.process";
    private static final String CONTROL = TESTKIT + ".internal.control";

    @ArchTest
    static final ArchRule controlRoomsStandOnWhatAnybodyHas = classes().that().resideInAnyPackage(JVM, CONTROL, PROCESS, ARGUMENT)
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.parlor", JVM, CONTROL, PROCESS, ARGUMENT,
                    "org.slf4j..");

    @ArchTest
    static final ArchRule recordingsAreForProgramsWithoutTestsToo = noClasses().that().resideInAPackage(RECORD)
            .should().dependOnClassesThat().resideInAnyPackage(TESTKIT, JVM, TIME, MEDIUM, ROOM, PROCESS, CONTROL, "org.junit..",
                    "org.assertj..");

    @ArchTest
    static final ArchRule onlyFaultsKnowJGroups = noClasses().that().haveSimpleNameNotStartingWith("FaultProtocol")
            .should().dependOnClassesThat().resideInAPackage("org.jgroups..");

    @ArchTest
    static final ArchRule onlyTheDoorKnowsTestLibraries = noClasses().that().resideOutsideOfPackage(TESTKIT)
            .should().dependOnClassesThat().resideInAnyPackage("org.junit..", "org.assertj..");

    /** From the bottom: each layer is known to those that are named, and to no other. */
    @ArchTest
    static final ArchRule theTestkitIsInLayers = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("argument").definedBy(ARGUMENT)
            .layer("time").definedBy(TIME)
            .layer("medium").definedBy(MEDIUM)
            .layer("room").definedBy(ROOM)
            .layer("process").definedBy(PROCESS)
            .layer("control").definedBy(CONTROL)
            .layer("jvm").definedBy(JVM)
            .layer("record").definedBy(RECORD)
            .layer("testkit").definedBy(TESTKIT)
            .whereLayer("time").mayOnlyBeAccessedByLayers("medium", "room", "testkit")
            .whereLayer("medium").mayOnlyBeAccessedByLayers("room", "testkit")
            .whereLayer("room").mayOnlyBeAccessedByLayers("testkit")
            .whereLayer("process").mayOnlyBeAccessedByLayers("jvm")
            .whereLayer("control").mayOnlyBeAccessedByLayers("jvm")
            .whereLayer("jvm").mayNotBeAccessedByAnyLayer()
            .whereLayer("record").mayNotBeAccessedByAnyLayer()
            .whereLayer("testkit").mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule argumentsKnowTheApiOnly = classes().that().resideInAPackage(ARGUMENT)
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "dev.parlor", ARGUMENT, "org.jspecify..");

    @ArchTest
    static final ArchRule noCyclesWithin = SlicesRuleDefinition.slices().matching("dev.parlor.(**)")
            .should().beFreeOfCycles();
}
