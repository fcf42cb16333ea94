package dev.parlor.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.parlor.Room;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The arrows between the packages: the way of a write, one way, no step back. */
@AnalyzeClasses(packages = "dev.parlor", importOptions = {ImportOption.DoNotIncludeTests.class,
        ImportOption.DoNotIncludePackageInfos.class})
class ArchitectureTest {
    private static final String API = "dev.parlor";
    private static final String SESSION = "dev.parlor.internal.session";
    private static final String INDEX = "dev.parlor.internal.index";
    private static final String MOMENT = "dev.parlor.internal.moment";
    private static final String USER = "dev.parlor.internal.user";
    private static final String TIME = "dev.parlor.internal.time";
    private static final String WIRE = "dev.parlor.internal.wire";
    private static final String VALUE = "dev.parlor.internal.value..";
    private static final String NET = "dev.parlor.internal.net";
    private static final String JGROUPS = "dev.parlor.internal.net.jgroups";
    private static final String JGROUPS_AND_BELOW = JGROUPS + "..";
    private static final String BUDGET = "dev.parlor.internal.memory";
    private static final String EVENT = "dev.parlor.internal.dispatch";
    private static final String MACHINE = "dev.parlor.internal.machine..";
    private static final String LIFESPAN = "dev.parlor.internal.lifespan";
    private static final String ENGINE = "dev.parlor.internal.engine";
    private static final String DOOR = "dev.parlor.internal.door";

    @ArchTest
    static final ArchRule stateIsPure = classes().that().resideInAnyPackage(SESSION, USER, LIFESPAN, INDEX, MOMENT)
            .should().onlyDependOnClassesThat().resideInAnyPackage("java.lang..", "java.util", "java.util.function",
                    "java.util.concurrent", "java.util.concurrent.locks", "java.nio", "java.nio.charset", "java.util.zip", SESSION,
                    USER, LIFESPAN, INDEX, MOMENT);

    @ArchTest
    static final ArchRule timeKnowsItsStampsOnly = classes().that().resideInAPackage(TIME)
            .should().onlyDependOnClassesThat().resideInAnyPackage("java.lang..", "java.util", "java.util.function", SESSION, TIME);

    @ArchTest
    static final ArchRule stateKnowsNoThreadAndNoClock = noClasses().that().resideInAnyPackage(SESSION, USER, INDEX, MOMENT, TIME)
            .should().dependOnClassesThat().areAssignableTo(Thread.class)
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule framesKnowStateOnly = classes().that().resideInAPackage(WIRE)
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "com.esotericsoftware.kryo..", SESSION, USER, TIME, WIRE);

    @ArchTest
    static final ArchRule framesKnowKryosBuffersOnly = noClasses().that().resideInAPackage(WIRE)
            .should().dependOnClassesThat().areAssignableTo(Kryo.class)
            .orShould().dependOnClassesThat().areAssignableTo(Serializer.class);

    @ArchTest
    static final ArchRule valuesKnowErrorsOnly = classes().that().resideInAPackage(VALUE)
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "com.esotericsoftware..", "org.objenesis..",
                    API, VALUE);

    @ArchTest
    static final ArchRule onlyValuesAndFramesKnowKryo = noClasses().that().resideOutsideOfPackages(VALUE, WIRE)
            .should().dependOnClassesThat().resideInAnyPackage("com.esotericsoftware..", "org.objenesis..");

    @ArchTest
    static final ArchRule valuesHaveOneDoor = noClasses().that().resideOutsideOfPackage(VALUE)
            .should().dependOnClassesThat().resideInAnyPackage("dev.parlor.internal.value.container",
                    "dev.parlor.internal.value.jdk", "dev.parlor.internal.value.shape");

    @ArchTest
    static final ArchRule theBudgetKnowsNothing = classes().that().resideInAPackage(BUDGET)
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", BUDGET);

    @ArchTest
    static final ArchRule thePortKnowsNothing = classes().that().resideInAPackage(NET)
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NET);

    @ArchTest
    static final ArchRule onlyNetKnowsJGroups = noClasses().that().resideOutsideOfPackage(JGROUPS_AND_BELOW)
            .should().dependOnClassesThat().resideInAPackage("org.jgroups..");

    @ArchTest
    static final ArchRule jgroupsKnowsThePort = noClasses().that().resideInAPackage(JGROUPS_AND_BELOW)
            .should().dependOnClassesThat().resideInAnyPackage(WIRE, VALUE, EVENT, USER, MACHINE, ENGINE, DOOR);

    @ArchTest
    static final ArchRule eventsKnowState = noClasses().that().resideInAPackage(EVENT)
            .should().dependOnClassesThat().resideInAnyPackage(WIRE, VALUE, NET, JGROUPS_AND_BELOW, MACHINE, ENGINE, DOOR);

    @ArchTest
    static final ArchRule theNetworkIsChosenInOnePlace = noClasses().that().resideOutsideOfPackage(JGROUPS_AND_BELOW)
            .and().haveSimpleNameNotStartingWith("RealSurroundings").and().haveSimpleNameNotStartingWith("Loading")
            .should().dependOnClassesThat().resideInAPackage(JGROUPS_AND_BELOW);

    @ArchTest
    static final ArchRule roomsKnowTheDoorOfJGroupsOnly = noClasses().that().resideOutsideOfPackage(JGROUPS_AND_BELOW)
            .should().dependOnClassesThat().resideInAPackage(JGROUPS + ".*..");

    /** From the bottom: each layer is known to those that are named, and to no other. */
    @ArchTest
    static final ArchRule theNetworkIsInLayers = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("address").definedBy(JGROUPS + ".address")
            .layer("secure").definedBy(JGROUPS + ".secure")
            .layer("router").definedBy(JGROUPS + ".router")
            .layer("transport").definedBy(JGROUPS + ".transport")
            .layer("detection").definedBy(JGROUPS + ".detection")
            .layer("stack").definedBy(JGROUPS + ".stack")
            .layer("setup").definedBy(JGROUPS + ".setup")
            .layer("network").definedBy(JGROUPS)
            .whereLayer("address").mayOnlyBeAccessedByLayers("secure", "router", "transport", "stack", "network")
            .whereLayer("router").mayOnlyBeAccessedByLayers("transport", "stack", "network")
            .whereLayer("secure").mayOnlyBeAccessedByLayers("transport", "detection", "stack", "network")
            .whereLayer("transport").mayOnlyBeAccessedByLayers("detection", "stack", "network")
            .whereLayer("detection").mayOnlyBeAccessedByLayers("stack", "network")
            .whereLayer("stack").mayOnlyBeAccessedByLayers("network")
            .whereLayer("setup").mayOnlyBeAccessedByLayers("network")
            .whereLayer("network").mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule addressesKnowNoJGroups = noClasses().that().resideInAPackage(JGROUPS + ".address")
            .should().dependOnClassesThat().resideInAPackage("org.jgroups..");

    @ArchTest
    static final ArchRule realTimeAndThreadsAreChosenInOnePlace = noClasses().that()
            .resideInAnyPackage(MACHINE, ENGINE, DOOR, EVENT, "dev.parlor.internal.facade", "dev.parlor.internal.listener", "dev.parlor.internal.thread",
                    "dev.parlor.internal.future").and().haveSimpleNameNotStartingWith("Threads")
            .should().callMethod(System.class, "currentTimeMillis").orShould().callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule futuresCompleteInOnePlace = noClasses().that().resideInAPackage("dev.parlor.internal..")
            .and().haveSimpleNameNotStartingWith("Completion")
            .and().haveSimpleNameNotStartingWith("RoomEngine")
            .should().callConstructor(CompletableFuture.class)
            .because("what callers wait for is made by Completions; RoomEngine's own is the end of its join");

    @ArchTest
    static final ArchRule nothingRunsOnTheCommonPool = noClasses().that().resideInAPackage("dev.parlor..")
            .should().dependOnClassesThat().areAssignableTo(ForkJoinPool.class)
            .orShould().callMethod(CompletableFuture.class, "supplyAsync", Supplier.class)
            .orShould().callMethod(CompletableFuture.class, "runAsync", Runnable.class)
            .orShould().callMethod(CompletableFuture.class, "delayedExecutor", long.class, TimeUnit.class)
            .orShould().callMethod(Collection.class, "parallelStream");

    @ArchTest
    static final ArchRule theApiKnowsOneDoorOnly = noClasses().that().resideInAPackage(API)
            .and().areNotAssignableTo(Room.class).should().dependOnClassesThat().resideInAPackage("dev.parlor.internal..");

    @ArchTest
    static final ArchRule noCyclesWithin = SlicesRuleDefinition.slices().matching("dev.parlor.internal.(**)")
            .should().beFreeOfCycles();
}
