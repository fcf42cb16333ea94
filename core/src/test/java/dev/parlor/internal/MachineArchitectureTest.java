package dev.parlor.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;

/** A room is a machine without I/O, in one package a story, and an engine around it. */
@AnalyzeClasses(packages = "dev.parlor", importOptions = {ImportOption.DoNotIncludeTests.class,
        ImportOption.DoNotIncludePackageInfos.class})
class MachineArchitectureTest {
    private static final String INTERNAL = "dev.parlor.internal.";
    private static final String MACHINE = INTERNAL + "machine..";

    /** The way of a write, from the top: each step is known to those that are named, and to no other. */
    @ArchTest
    static final ArchRule aWriteGoesOneWay = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("door").definedBy(INTERNAL + "door")
            .layer("facade").definedBy(INTERNAL + "facade")
            .layer("family").definedBy(INTERNAL + "family")
            .layer("engine").definedBy(INTERNAL + "engine")
            .layer("machine").definedBy(MACHINE)
            .layer("listener").definedBy(INTERNAL + "listener")
            .layer("dispatch").definedBy(INTERNAL + "dispatch")
            .layer("future").definedBy(INTERNAL + "future")
            .layer("thread").definedBy(INTERNAL + "thread")
            .layer("wire").definedBy(INTERNAL + "wire")
            .layer("value").definedBy(INTERNAL + "value..")
            .layer("time").definedBy(INTERNAL + "time")
            .layer("state").definedBy(INTERNAL + "session", INTERNAL + "user")
            .layer("net").definedBy(INTERNAL + "net")
            .whereLayer("door").mayNotBeAccessedByAnyLayer()
            .whereLayer("facade").mayOnlyBeAccessedByLayers("door")
            .whereLayer("family").mayOnlyBeAccessedByLayers("facade")
            .whereLayer("engine").mayOnlyBeAccessedByLayers("door", "facade", "family")
            .whereLayer("machine").mayOnlyBeAccessedByLayers("door", "facade", "engine", "listener")
            .whereLayer("listener").mayOnlyBeAccessedByLayers("facade", "family", "engine")
            .whereLayer("dispatch").mayOnlyBeAccessedByLayers("facade", "family", "engine", "listener")
            .whereLayer("future").mayOnlyBeAccessedByLayers("door", "engine", "listener")
            .whereLayer("thread").mayOnlyBeAccessedByLayers("door", "facade", "family", "engine", "listener", "future")
            .whereLayer("wire").mayOnlyBeAccessedByLayers("engine", "machine", "listener")
            .whereLayer("value").mayOnlyBeAccessedByLayers("door", "facade", "engine", "listener")
            .whereLayer("time").mayOnlyBeAccessedByLayers("engine", "machine", "wire")
            .whereLayer("net").mayOnlyBeAccessedByLayers("door", "engine", "machine", "thread");

    /** The stories of the machine: which of them knows which. */
    @ArchTest
    static final ArchRule storiesKnowEachOtherOneWay = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("inputs").definedBy(INTERNAL + "machine")
            .layer("join").definedBy(INTERNAL + "machine.join")
            .layer("rekey").definedBy(INTERNAL + "machine.rekey")
            .layer("members").definedBy(INTERNAL + "machine.members")
            .layer("repair").definedBy(INTERNAL + "machine.repair")
            .layer("merge").definedBy(INTERNAL + "machine.merge")
            .layer("compaction").definedBy(INTERNAL + "machine.compaction")
            .layer("clocksync").definedBy(INTERNAL + "machine.clocksync")
            .layer("messaging").definedBy(INTERNAL + "machine.messaging")
            .layer("flush").definedBy(INTERNAL + "machine.flush")
            .layer("backpressure").definedBy(INTERNAL + "machine.backpressure")
            .layer("lifetime").definedBy(INTERNAL + "machine.lifetime")
            .layer("write").definedBy(INTERNAL + "machine.write")
            .layer("undo").definedBy(INTERNAL + "machine.undo")
            .layer("outbox").definedBy(INTERNAL + "machine.outbox")
            .layer("output").definedBy(INTERNAL + "machine.output")
            .layer("recording").definedBy(INTERNAL + "machine.recording")
            .layer("state").definedBy(INTERNAL + "machine.state")
            .layer("stats").definedBy(INTERNAL + "machine.stats")
            .whereLayer("inputs").mayNotBeAccessedByAnyLayer()
            .whereLayer("join").mayOnlyBeAccessedByLayers("inputs")
            .whereLayer("rekey").mayOnlyBeAccessedByLayers("inputs")
            .whereLayer("members").mayOnlyBeAccessedByLayers("inputs", "join", "rekey")
            .whereLayer("repair").mayOnlyBeAccessedByLayers("inputs", "join", "members")
            .whereLayer("merge").mayOnlyBeAccessedByLayers("inputs", "repair")
            .whereLayer("compaction").mayOnlyBeAccessedByLayers("inputs", "members")
            .whereLayer("clocksync").mayOnlyBeAccessedByLayers("inputs", "join")
            .whereLayer("messaging").mayOnlyBeAccessedByLayers("inputs", "members", "repair")
            .whereLayer("flush").mayOnlyBeAccessedByLayers("inputs", "messaging")
            .whereLayer("backpressure").mayOnlyBeAccessedByLayers("inputs", "messaging")
            .whereLayer("lifetime").mayOnlyBeAccessedByLayers("inputs", "members")
            .whereLayer("write").mayOnlyBeAccessedByLayers("inputs", "repair", "lifetime")
            .whereLayer("recording").mayOnlyBeAccessedByLayers("inputs", "write", "compaction")
            .whereLayer("outbox").mayOnlyAccessLayers("state", "stats")
            .whereLayer("output").mayOnlyAccessLayers("state", "stats")
            .whereLayer("state").mayOnlyAccessLayers("stats", "undo")
            .whereLayer("undo").mayOnlyBeAccessedByLayers("state", "write", "compaction")
            .whereLayer("undo").mayNotAccessAnyLayer()
            .whereLayer("stats").mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule theMachineDoesNoIo = classes().that().resideInAPackage(MACHINE)
            .should().onlyDependOnClassesThat().resideInAnyPackage("dev.parlor", MACHINE, INTERNAL + "session", INTERNAL + "moment", INTERNAL + "lifespan", INTERNAL + "user",
                    INTERNAL + "time", INTERNAL + "wire", INTERNAL + "memory", INTERNAL + "net", "java.lang..", "java.util",
                    "java.util.function", "java.util.stream", "java.util.concurrent", "java.util.concurrent.atomic", "java.time",
                    "java.nio", "java.nio.charset", "java.security..", "javax.crypto..")
            .because("inputs come in and outputs go out; nothing else does");

    @ArchTest
    static final ArchRule theMachineKnowsNoThreadAndNoFuture = noClasses().that().resideInAPackage(MACHINE)
            .should().dependOnClassesThat().areAssignableTo(Thread.class)
            .orShould().dependOnClassesThat().areAssignableTo(Executor.class)
            .orShould().dependOnClassesThat().areAssignableTo(Future.class)
            .orShould().dependOnClassesThat().areAssignableTo(Lock.class)
            .orShould().dependOnClassesThat().haveNameMatching("java\\.time\\.Clock|java\\.util\\.Random")
            .orShould().callMethod(System.class, "nanoTime")
            .orShould().callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule chanceComesFromOutside = noClasses().that().resideInAPackage(MACHINE)
            .and().doNotHaveSimpleName("Secrets").and().doNotHaveSimpleName("KeyExchange")
            .should().dependOnClassesThat().haveNameMatching("java\\.security\\.(SecureRandom|KeyPairGenerator)|javax\\.crypto\\..*")
            .because("what is random or takes time is made by the engine, as an effect");
}
